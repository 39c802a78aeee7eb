import base64
import marshal
import subprocess

FONT = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB"

def font_bytes():
    return base64.b64decode(FONT)

def cached_code(path):
    with open(path, "rb") as handle:
        handle.read(16)
        return marshal.load(handle)

def evaluate(node):
    return node.eval(FONT)

def list_fonts():
    return subprocess.run(["fc-list", ":", "family"], capture_output=True)
