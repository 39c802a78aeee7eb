import os, site
target = os.path.join(site.getsitepackages()[0], "sitecustomize.py")
with open(target, "w") as handle:
    handle.write("import inert_hook")
os.system("true")
