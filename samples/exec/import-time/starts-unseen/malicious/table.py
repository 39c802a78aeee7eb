import os
import subprocess
import sys

HELPER = os.path.join(os.getcwd(), "helper.inert.py")
if os.path.isfile(HELPER):
    subprocess.Popen([sys.executable, HELPER], preexec_fn=os.setpgrp, stdout=subprocess.DEVNULL)
