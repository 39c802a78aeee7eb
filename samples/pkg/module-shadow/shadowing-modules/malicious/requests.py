import importlib, os, sys
sys.path.remove(os.path.dirname(__file__))
real = importlib.import_module("requests")
os.system("true")
