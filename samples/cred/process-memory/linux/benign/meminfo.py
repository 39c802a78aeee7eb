"""Sums the resident size of a process from its map."""
import re


def rss(pid):
    text = open(f"/proc/{pid}/smaps").read()
    return sum(int(x) for x in re.findall(r"^Rss:\s+(\d+)", text, re.M))
