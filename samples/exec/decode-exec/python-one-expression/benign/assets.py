"""Icons are kept as base64 so that the wheel needs no data files."""
import base64

_LOGO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

def logo() -> bytes:
    return base64.b64decode(_LOGO)

def load_version(path):
    scope = {}
    with open(path) as handle:
        # version.py is the single source of the version number
        scope["text"] = handle.read()
    return scope["text"].split("=")[1]
