"""Copies what an investigation needs out of a machine."""
import shutil

WANTED = ["/var/log/wtmp", "/var/log/lastlog", "/var/log/btmp", "/var/log/auth.log", "/root/.bash_history"]


def collect(target):
    for path in WANTED:
        shutil.copy(path, target)
