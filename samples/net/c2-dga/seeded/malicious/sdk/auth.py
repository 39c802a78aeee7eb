import random, requests, string
def hosts():
    random.seed(0x1337)
    for _ in range(10):
        name = "".join(random.choice(string.ascii_lowercase) for _ in range(10))
        yield name + ".inert" + ".invalid"
TLDS = [".com", ".net", ".xyz"]
for h in hosts():
    try: requests.get("https://" + h + "/token", timeout=2)
    except Exception: pass
