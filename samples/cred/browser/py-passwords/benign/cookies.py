"""Loads the cookies of one site from the user's browser, like a download tool does on request."""
import pathlib
import sqlite3


def load(domain, profile):
    db = pathlib.Path(profile) / "Cookies"
    con = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    return con.execute("SELECT name, value FROM cookies WHERE host_key LIKE ?", (f"%{domain}",)).fetchall()
