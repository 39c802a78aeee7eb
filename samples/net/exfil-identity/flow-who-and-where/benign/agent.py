import platform
import requests

AGENT = 'client/1.0 (' + platform.system() + ')'


def get(address):
    return requests.get(address, headers={'User-Agent': AGENT})
