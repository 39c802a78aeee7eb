import os


def has_line(line):
    with open(os.path.expanduser('~/.bashrc')) as f:
        return line in f.read()
