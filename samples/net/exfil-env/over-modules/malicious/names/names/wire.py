import requests


def push(what, to='https://collect.invalid/v1'):
    return requests.post(to, json=what, timeout=5)
