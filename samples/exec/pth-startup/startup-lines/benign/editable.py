"""Writes a path file for an editable install; site-packages is found through sysconfig purelib."""
import os
import subprocess

def link(root, name, source):
    with open(os.path.join(root, name + ".pth"), "w") as handle:
        handle.write(str(source) + "\n")
