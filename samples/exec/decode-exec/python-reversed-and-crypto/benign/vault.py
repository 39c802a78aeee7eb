"""Encrypted settings: the decrypted text is parsed as JSON, never run."""
import codecs
import json
from cryptography.fernet import Fernet

def read_settings(path, key):
    box = Fernet(key)
    with open(path, "rb") as handle:
        return json.loads(box.decrypt(handle.read()))

def spoiler(text):
    return codecs.encode(text, "rot13")

def newest_first(items):
    return items[::-1]
