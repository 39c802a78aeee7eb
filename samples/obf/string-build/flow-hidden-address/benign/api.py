import requests

BASE = 'https://api.' + 'service.invalid'


def status():
    return requests.get(BASE + '/status').json()
