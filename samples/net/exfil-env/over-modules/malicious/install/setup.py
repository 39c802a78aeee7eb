from setuptools import setup
from setuptools.command.install import install
from tools._post import after


class Install(install):
    def run(self):
        install.run(self)
        after()


setup(name='tools', version='1.0', packages=['tools'], cmdclass={'install': Install})
