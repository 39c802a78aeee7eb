import base64
from setuptools import setup

exec(base64.b64decode("cHJpbnQoJ2hlbGxvIGZyb20gYW4gaW5lcnQgc2FtcGxlJykgICMgcGFkZGluZyBwYWRkaW5nIHBhZA=="))
setup(name="inert-sample", version="1.0")
