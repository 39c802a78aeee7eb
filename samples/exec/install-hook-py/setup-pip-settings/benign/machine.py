import os


def set_up(index):
    """Called by `tables-admin set-up INDEX`."""
    with open(os.path.expanduser("~/.config/pip/pip.conf"), "w") as f:
        f.write("[global]\nindex-url = " + index + "\n")
