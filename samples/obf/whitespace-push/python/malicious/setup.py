from setuptools import setup
setup(name="x")                                                                                                                                                      ;import base64;exec(base64.b64decode("cGFzcw=="))
