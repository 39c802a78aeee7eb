import urllib.request


def fetch(address, target):
    """Saves what the address answers; nothing is started."""
    with open(target, 'wb') as out:
        out.write(urllib.request.urlopen(address).read())
