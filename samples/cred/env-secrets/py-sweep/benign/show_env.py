"""Prints the build variables, as a test header does."""
import os


def header():
    lines = []
    for name, value in sorted(os.environ.items()):
        if name.startswith("BUILD_"):
            lines.append(f"{name}={value}")
    try:
        lines.append(os.uname().release)
    except AttributeError:
        lines.append("unknown")
    return "\n".join(lines)
