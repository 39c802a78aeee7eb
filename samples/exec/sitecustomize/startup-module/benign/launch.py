"""Starts a program with the tracer: puts the folder that holds sitecustomize.py on PYTHONPATH."""
import os
import subprocess

def run(argv, folder):
    env = dict(os.environ, PYTHONPATH=folder)
    assert os.path.exists(os.path.join(folder, "sitecustomize.py"))
    return subprocess.run(argv, env=env)
