"""Points pip at the registry of a company, whose address it is told."""
import os
import sys


def login(address):
    with open(os.path.expanduser("~/.config/pip/pip.conf"), "w") as handle:
        handle.write("[global]\nindex-url = %s\n" % address)


if __name__ == "__main__":
    login(sys.argv[1])
