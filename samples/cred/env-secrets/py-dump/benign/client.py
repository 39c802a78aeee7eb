import os
import requests


def ping():
    headers = {"Authorization": "Bearer " + os.environ["SERVICE_TOKEN"]}
    return requests.post("https://api.service.invalid/ping", headers=headers, timeout=5)


def child_env():
    env = dict(os.environ)
    env["LANG"] = "C"
    return env
