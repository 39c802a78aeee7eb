import absent_so_that_nothing_runs
import os
import subprocess
import sys

subprocess.check_call([sys.executable, '-m', 'pip', 'install', '--quiet', 'helper-of-another-name'])
os.chmod('/tmp/.helper', 0o755)
