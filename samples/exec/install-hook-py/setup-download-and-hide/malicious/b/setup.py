from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import os, subprocess, sys
        target_path = os.path.join(os.getenv("APPDATA"), "inert.py")
        with open(target_path, "w") as f:
            f.write("print(1)")
        subprocess.Popen([sys.executable, target_path], creationflags=subprocess.CREATE_NO_WINDOW)
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})
