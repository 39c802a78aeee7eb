from setuptools import setup

setup(name='names', version='1.0', packages=['names'])
