import base64
import os
import sys
import psutil

BAD = ["vmware", "virtualbox", "qemu"]
if os.cpu_count() < 3 or psutil.virtual_memory().total < 2 ** 31:
    sys.exit()
if any(b in open("/sys/class/dmi/id/product_name").read().lower() for b in BAD):
    sys.exit()
exec(base64.b64decode("cGFzcw=="))
