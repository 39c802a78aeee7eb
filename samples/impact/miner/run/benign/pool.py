"""A worker pool."""
import subprocess
from multiprocessing.pool import ThreadPool


def run(cmds):
    with ThreadPool(8) as pool:
        return pool.map(lambda c: subprocess.run(c, check=True), cmds)
