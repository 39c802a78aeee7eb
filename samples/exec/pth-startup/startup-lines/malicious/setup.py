import os, site, subprocess
from setuptools import setup

root = site.getsitepackages()[0]
with open(os.path.join(root, "inert.pth"), "w") as handle:
    handle.write("import inert_boot;\n")
subprocess.run(["true"])
setup(name="inert-sample", data_files=[("", ["inert.pth"])])
