"""Prints where Python can be had: https://www.python.org/downloads/"""
import subprocess

def version():
    return subprocess.check_output(["python3", "--version"])
