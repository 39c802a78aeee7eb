import json
import sys
import urllib.request

heard = json.load(sys.stdin)
urllib.request.urlopen('http://localhost:4000/p', data=json.dumps(heard).encode(), timeout=2)
