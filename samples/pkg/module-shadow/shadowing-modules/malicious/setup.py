from setuptools import setup
setup(name="inert-sample", py_modules=["socket"])
