import requests
class Updater:
    """Dynamic DNS: find the public address and tell the configured provider."""
    def __init__(self, provider): self.provider = provider
    def current(self): return requests.get(self.provider.echo_url).text
    def update(self): return self.provider.update(self.current())
