"""A compressed cache of templates: what is unpacked is text, and what is compiled is read from a file."""
import zlib


def unpack(raw):
    return zlib.decompress(raw).decode()


def patterns(path):
    with open(path, encoding="utf-8") as source:
        return compile(source.read(), path, "exec")
