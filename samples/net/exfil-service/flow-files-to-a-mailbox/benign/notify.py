import os

import requests


def notify(text):
    address = 'https://chat.invalid/api/webhooks/' + os.environ['HOOK']
    requests.post(address, json={'content': text})
