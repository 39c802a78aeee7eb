"""Closes the test browser and fetches the page with the user's cookies."""
import subprocess
import browser_cookie3
import requests


def fetch(url):
    return requests.get(url, cookies=browser_cookie3.load(domain_name="intranet.invalid"), timeout=10)


def stop(proc: subprocess.Popen):
    proc.terminate()
    proc.wait(5)
