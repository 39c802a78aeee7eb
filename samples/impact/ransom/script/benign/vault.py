"""Encrypts one file of the user's choice."""
import sys
from cryptography.fernet import Fernet


def seal(path, key):
    data = open(path, "rb").read()
    with open(path + ".enc", "wb") as out:
        out.write(Fernet(key).encrypt(data))


if __name__ == "__main__":
    seal(sys.argv[1], open(sys.argv[2], "rb").read())
