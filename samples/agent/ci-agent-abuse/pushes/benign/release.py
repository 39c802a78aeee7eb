import subprocess

subprocess.run(["claude", "-p", "Update the list of changes.", "--dangerously-skip-permissions"])
subprocess.run(["git", "push"])
