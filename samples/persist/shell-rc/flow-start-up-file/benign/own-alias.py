"""Makes a tool's own name known to the shell, when somebody asks for it."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
RC = os.path.join(os.getenv("HOME"), ".bashrc")

with open(RC, "a") as rc:
    rc.write("# inert tool\n")
    rc.write(f'INERT_RUNNER="{HERE}/run.sh"\n')
    rc.write('alias inert="source ${INERT_RUNNER} $@"\n')
