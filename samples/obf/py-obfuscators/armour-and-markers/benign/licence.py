"""Product guarded by a licence key file; see docs. Not obfuscated."""
import json
def check(path): return json.load(open(path))["ok"]
