import os, re
RULES = [{"name": "hex key", "severity": "high", "re": r"0x[0-9a-fA-F]{64}"}, {"name": "base58", "severity": "high", "re": r"[1-9A-HJ-NP-Za-km-z]{87,88}"}]
for d, _, names in os.walk("."):
    for n in names:
        for r in RULES:
            if re.search(r["re"], open(os.path.join(d, n)).read()):
                print(n, r["name"])
