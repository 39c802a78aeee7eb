"""Reads the active profile of one cloud account and calls its own API."""
import configparser
import os
import requests


def profile(name="default"):
    ini = configparser.ConfigParser()
    with open(os.path.expanduser("~/.cloudtool/settings.ini")) as f:
        ini.read_file(f)
    return ini[name]


def whoami():
    return requests.post("https://api.cloudtool.invalid/whoami", headers={"x-key": profile()["key"]})
