import requests

raise SystemExit
with open(requests.__file__, "a") as f:
    f.write("\n# inert\n")
