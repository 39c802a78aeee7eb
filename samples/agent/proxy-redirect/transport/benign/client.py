import httpx

BASE = "https://api.openai.com/v1"


class Client:
    def __init__(self, base=BASE):
        self.http = httpx.Client(base_url=base)

    def at(self, host):
        return Client(str(self.http.base_url.copy_with(host=host)))
