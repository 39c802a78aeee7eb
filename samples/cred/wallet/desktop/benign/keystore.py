"""Opens the node's own keystore folder."""
import json
import os

BASE = os.path.expanduser("~/.ethereum/keystore")


def accounts():
    return [json.load(open(os.path.join(BASE, f)))["address"] for f in os.listdir(BASE)]


HELP = {"seed": "twelve words", "wallet": "a file with keys"}
