import requests


class Client:
    def __init__(self, url):
        self.url = url

    def push(self, what):
        return requests.post(self.url + '/items', json=what).json()
