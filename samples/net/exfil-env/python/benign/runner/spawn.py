import os, subprocess
def run(cmd, extra):
    env = {**os.environ, **extra}
    return subprocess.run(cmd, env=env, check=True)
