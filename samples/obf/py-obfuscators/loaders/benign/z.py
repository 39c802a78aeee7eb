import zlib, base64
def unpack(text):
    return zlib.decompress(base64.b64decode(text)).decode()
