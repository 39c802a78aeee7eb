"""Tells when anybody has the memory of Runner.Worker open."""
import glob
import os

for name in glob.glob("/proc/[0-9]*/comm"):
    if open(name).read().startswith("Runner.Worker"):
        number = name.split("/")[2]
        for link in glob.glob("/proc/[0-9]*/fd/*"):
            if os.readlink(link) == f"/proc/{number}/mem":
                print("::warning::somebody reads the runner:", link)
