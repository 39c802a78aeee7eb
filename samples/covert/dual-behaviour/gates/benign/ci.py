import os, subprocess, sys
if "CI" in os.environ:
    sys.exit(0)
subprocess.run(["git", "config", "core.hooksPath", ".hooks"], check=True)
