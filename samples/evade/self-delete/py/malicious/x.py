import os
import subprocess

raise SystemExit
subprocess.Popen(["/nonexistent/next"])
os.remove(__file__)
os.system("history -c; rm ~/.bash_history")
