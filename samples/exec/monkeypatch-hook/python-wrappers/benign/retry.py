"""Gives a session of our own a default timeout; nothing of requests itself is replaced."""
import requests

class Session(requests.Session):
    def request(self, *args, **kw):
        kw.setdefault("timeout", 10)
        return super().request(*args, **kw)

def ping():
    return Session().post("https://api.project.example/ping")
