"""Tells about a new release when the user asks for it."""
import threading
import requests

def check():
    try:
        return requests.get("https://project.example/latest.json", timeout=3).json()["version"]
    except Exception:
        return None

def start_background():
    worker = threading.Thread(target=check, daemon=True)
    worker.start()
    return worker

if __name__ == "__main__":
    print(check())
