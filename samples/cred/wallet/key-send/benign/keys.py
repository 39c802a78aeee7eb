import requests
from solders.keypair import Keypair


def submit(seed, build):
    kp = Keypair.from_seed(seed)
    raw = build().sign(kp)
    return requests.post("https://rpc.vendor.invalid", json={"method": "sendTransaction", "params": [raw]})
