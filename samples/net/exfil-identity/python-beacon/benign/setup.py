from setuptools import setup, find_packages
import os
here = os.path.dirname(__file__)
setup(name="client", version="1.0", packages=find_packages(), url="https://client.example.org")
