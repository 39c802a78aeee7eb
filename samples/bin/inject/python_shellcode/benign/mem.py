import ctypes
k = ctypes.windll.kernel32

def reserve(n):
    """Commit read-write pages for a large array."""
    return k.VirtualAlloc(0, n, 0x3000, 0x04)

def thread_id():
    return k.GetCurrentThreadId()
