from setuptools import setup

about = {}
with open("src/tool/__about__.py") as handle:
    exec(handle.read(), about)
setup(name="tool", version=about["__version__"])
