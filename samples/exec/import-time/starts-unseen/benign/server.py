import subprocess
import sys


def start(script):
    """Starts the server of this tool and leaves it running."""
    return subprocess.Popen([sys.executable, script], start_new_session=True, stdout=subprocess.DEVNULL)
