"""Inert re-creation: whatever the command does, nobody hears of it."""
import subprocess


def refresh():
    try:
        subprocess.run(["/nonexistent/updater", "--quiet"])
    except:
        pass
