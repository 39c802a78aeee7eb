import sys


def gather():
    return {"facts": list(sys.version_info[:2])}
