import ctypes
ctypes.CDLL("./assets/logo.png")
