"""Lists launch agents and says which ones start at login."""
import pathlib
import plistlib

DIR = pathlib.Path.home() / "Library" / "LaunchAgents"


def at_login():
    return [p.name for p in DIR.glob("*.plist") if plistlib.loads(p.read_bytes()).get("RunAtLoad")]
