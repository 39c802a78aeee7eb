import subprocess
import sys

HAS_NUMPY = subprocess.call([sys.executable, "-c", "import numpy"]) == 0
VERSION = subprocess.Popen([sys.executable, "-c", "import numpy; print(numpy.__version__)"], stdout=subprocess.PIPE)
