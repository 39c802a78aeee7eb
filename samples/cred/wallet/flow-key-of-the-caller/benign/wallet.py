import requests


def send(private_key, transaction):
    signed = sign_transaction(transaction, private_key)
    return requests.post('https://rpc.invalid', json={'raw': signed}).json()
