import importlib
import sys
json = importlib.import_module("json")
sys.path.insert(0, "vendor")
