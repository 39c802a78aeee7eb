"""Shows whether the runner service is alive."""
import subprocess


def alive():
    return "Runner.Worker" in subprocess.run(["ps", "-eo", "comm"], capture_output=True, text=True).stdout
