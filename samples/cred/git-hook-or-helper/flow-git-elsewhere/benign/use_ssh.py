import subprocess

# Keys instead of passwords, for the same host.
subprocess.run(["git", "config", "--global", "url.ssh://git@github.com/.insteadOf", "https://github.com/"])
