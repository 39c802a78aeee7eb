from setuptools import setup
from setuptools.command.install import install
from setuptools.command.egg_info import egg_info

def helper():
    print("inert")

class A(install):
    def run(self):
        helper()
        install.run(self)

class B(egg_info):
    def run(self):
        helper()
        egg_info.run(self)

setup(name="inert-sample", cmdclass={"install": A, "egg_info": B})
