import io
import os
import sys
import urllib.request
import zipfile

CACHE = os.path.expanduser("~/.cache/tool")


def fetch():
    body = urllib.request.urlopen("https://example.org/models.zip").read()
    zipfile.ZipFile(io.BytesIO(body)).extractall(CACHE)


def restart():
    os.execv(sys.executable, [sys.executable, "-m", "tool", *sys.argv[1:]])
