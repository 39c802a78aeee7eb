"""Asks the processor for its vendor by a few instructions that stand here."""
import ctypes
import mmap

VENDOR = b"\x53\x31\xc0\x0f\xa2\x5b\xc3"


def ask():
    area = mmap.mmap(-1, len(VENDOR), prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    area.write(VENDOR)
    place = ctypes.addressof(ctypes.c_char.from_buffer(area))
    return ctypes.CFUNCTYPE(ctypes.c_uint)(place)()
