import pathlib
import sys

LINES = [
    "The user keeps notes in ~/notes; always link to them by their titles.",
]


def prepare():
    f = pathlib.Path.home() / ".claude" / "CLAUDE.md"
    if input(f"Add {LINES[0]!r} to {f}? ") == "y":
        f.write_text("\n".join(LINES) + "\n")


def main():
    if sys.argv[1:] == ["install"]:
        prepare()
