"""Asks a service whether a file is known, by its digest."""
import json
import urllib.parse
import urllib.request


def known(digest, key):
    address = "https://scan.invalid/v2/file/report"
    data = urllib.parse.urlencode({"resource": digest, "apikey": key}).encode("ascii")
    return json.loads(urllib.request.urlopen(address, data).read())
