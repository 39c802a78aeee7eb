"""Honest setup script: compiles an extension, stamps the version from git and fetches nothing."""
import os
import subprocess
import sys
from setuptools import setup, Extension
from setuptools.command.build_ext import build_ext


def git_version():
    try:
        return subprocess.check_output(["git", "describe", "--tags"]).decode().strip()
    except OSError:
        return "0.0.0"


class BuildExt(build_ext):
    """Adds compiler flags; homepage https://project.example/docs"""

    def build_extension(self, ext):
        if sys.platform == "win32":
            ext.extra_compile_args = ["/O2"]
        env = os.environ
        env["CFLAGS"] = "-O2"
        build_ext.build_extension(self, ext)


about = {}
with open(os.path.join("src", "about.py")) as handle:
    exec(handle.read(), about)

setup(
    name="fastthing",
    version=git_version(),
    url="https://project.example/fastthing",
    cmdclass={"build_ext": BuildExt},
    ext_modules=[Extension("fastthing._core", ["src/core.c"])],
    install_requires=["requests>=2.20"],
)
