import requests


def config(address):
    answer = requests.get(address).json()
    return {key: str(value) for key, value in answer.items()}
