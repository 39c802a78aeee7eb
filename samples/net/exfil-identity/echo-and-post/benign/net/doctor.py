import subprocess
def collect():
    for cmd in (["uname", "-a"], ["git", "--version"]):
        print(subprocess.run(cmd, capture_output=True, text=True).stdout)
