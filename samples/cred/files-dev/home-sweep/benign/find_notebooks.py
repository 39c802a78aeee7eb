"""Lists notebooks below the home folder for the file picker."""
import os


def notebooks():
    out = []
    for root, dirs, names in os.walk(os.path.expanduser("~")):
        dirs[:] = [d for d in dirs if not d.startswith(".")]
        out += [os.path.join(root, n) for n in names if n.endswith((".ipynb", ".md"))]
    return out
