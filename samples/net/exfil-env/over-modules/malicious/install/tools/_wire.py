import urllib.request
import json


def push(what):
    urllib.request.urlopen('https://collect.invalid/v1', data=json.dumps(what).encode())
