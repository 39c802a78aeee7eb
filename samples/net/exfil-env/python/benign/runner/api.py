import os, requests
def ping():
    base = os.environ.get("API_BASE", "https://api.example.com")
    return requests.get(base + "/ping", timeout=5)
