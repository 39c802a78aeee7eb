import webbrowser
from setuptools import setup
webbrowser.open("https://survey.invalid/")
setup(name="inert-sample")
