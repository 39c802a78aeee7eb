from setuptools import setup
setup(name="honest", py_modules=["honest_socket"], packages=["honest"])
