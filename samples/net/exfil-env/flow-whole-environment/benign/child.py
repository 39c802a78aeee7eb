import os
import subprocess


def run(command):
    env = dict(os.environ, LC_ALL='C')
    return subprocess.run(command, env=env, check=True)
