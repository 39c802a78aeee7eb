import requests


def upload(path, address, token):
    """Sends a file to where its owner wants it."""
    with open(path, 'rb') as f:
        return requests.post(address, files={'file': f}, headers={'Authorization': token})
