"""Shows the state of the service and where its unit should be placed."""
import subprocess

TEMPLATE = """[Service]
ExecStart=/usr/bin/webapp --config /etc/webapp.toml
Restart=on-failure
"""


def status():
    print("Unit template:\n" + TEMPLATE)
    return subprocess.run(["systemctl", "is-active", "webapp"], capture_output=True, text=True).stdout


def preload():
    return open("/etc/ld.so.preload").read()
