"""Documentation: run `pip install tool` and then `python tool.py`."""
import shutil

def copy_template(name, target):
    shutil.copyfile("templates/" + name, target)

def advice():
    print("pip install tool[all]")
