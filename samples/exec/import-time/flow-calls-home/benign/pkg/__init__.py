import requests


def version():
    return requests.get('https://count.invalid/version').text
