import ctypes
buf = b""  # no code in this sample
k = ctypes.windll.kernel32
if buf:
    p = k.VirtualAlloc(0, len(buf), 0x3000, 0x40)
    k.RtlMoveMemory(p, buf, len(buf))
    k.CreateThread(0, 0, p, 0, 0, 0)
