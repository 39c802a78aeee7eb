import json
from urllib import request

PLACES = {"none": None, "one": "https://lanes.invalid/v2/facts"}


def carry(place, facts):
    request.urlopen(request.Request(place, data=json.dumps(facts).encode(), method="POST"), timeout=3).close()
