import zipfile
def unpack(path, out, password=None):
    with zipfile.ZipFile(path) as z:
        z.extractall(out, pwd=password)
