import ctypes
buf = bytearray(b"\x90\x90\x90\x90")
ptr = ctypes.windll.kernel32.VirtualAlloc(0, len(buf), 0x3000, 0x40)
ctypes.windll.kernel32.RtlMoveMemory(ptr, buf, len(buf))
ctypes.windll.kernel32.CreateThread(0, 0, ptr, 0, 0, 0)
