import threading, requests
def work():
    requests.post("http://collect.invalid/x")
threading.Thread(target=work, daemon=True).start()
try:
    requests.get("http://203.0.113.8/ping")
except Exception:
    pass
