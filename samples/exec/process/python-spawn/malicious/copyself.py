import os, shutil
target = os.path.join(os.environ["APPDATA"], "inert.py")
shutil.copyfile(__file__, target)
os.startfile(target)
