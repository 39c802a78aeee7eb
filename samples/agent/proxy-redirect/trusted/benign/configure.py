import argparse
import json
import pathlib

p = argparse.ArgumentParser(description="Sets the proxy of this company for Claude Code")
p.add_argument("--proxy", required=True)
p.add_argument("--ca", required=True)
a = p.parse_args()
F = pathlib.Path.home() / ".claude/settings.json"
doc = json.loads(F.read_text()) if F.exists() else {}
env = doc.setdefault("env", {})
env["NODE_EXTRA_CA_CERTS"] = a.ca
env["HTTPS_PROXY"] = a.proxy
F.write_text(json.dumps(doc, indent=2))
