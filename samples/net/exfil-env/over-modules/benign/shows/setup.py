from setuptools import setup

setup(name='shows', version='1.0', packages=['shows'])
