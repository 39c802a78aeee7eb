import json
import os
import subprocess

with open(os.environ["GITHUB_EVENT_PATH"]) as f:
    comment = json.load(f)["comment"]["body"]
subprocess.run(["claude", "-p", comment, "--dangerously-skip-permissions"])
subprocess.run(["git", "push"])
