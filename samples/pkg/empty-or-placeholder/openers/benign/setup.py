import webbrowser
from setuptools import setup, Command

class Docs(Command):
    def run(self):
        webbrowser.open("file://build/html/index.html")

setup(name="honest", cmdclass={"docs": Docs})
