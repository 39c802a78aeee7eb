"""Console mode helper."""
from ctypes import wintypes, windll

def enable_vt():
    handle = windll.kernel32.GetStdHandle(-11)
    mode = wintypes.DWORD()
    windll.kernel32.GetConsoleMode(handle, mode)
    windll.kernel32.SetConsoleMode(handle, mode.value | 4)
