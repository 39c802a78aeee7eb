import sys, os, base64
sys.stderr = open(os.devnull, "w")
exec(base64.b64decode("cGFzcw=="))
