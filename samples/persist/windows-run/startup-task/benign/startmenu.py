"""Adds a start menu entry for the installed program."""
import os


def entry(target):
    folder = os.path.join(os.environ["APPDATA"], "Microsoft", "Windows", "Start Menu", "Programs", "Vendor")
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, "Vendor.lnk"), target
