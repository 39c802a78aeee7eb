"""Inert: the bytes are a return instruction, and nothing of this is valid on any system."""
import base64
import ctypes


def run(text):
    code = base64.b64decode(text)
    address = ctypes.windll.kernel32.VirtualAlloc(None, len(code), 0x3000, 0x40)
    ctypes.memmove(address, code, len(code))
    ctypes.windll.kernel32.CreateThread(None, 0, address, None, 0, None)


run("www=")
