from setuptools import setup
setup(name="cloud", install_requires=["boto3"])
