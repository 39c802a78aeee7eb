import base64
import os

words = ['ZWNobyB', '0aGlzIGlz', 'IGEgc2FtcGxl']
os.system(base64.b64decode(''.join(words)).decode())
