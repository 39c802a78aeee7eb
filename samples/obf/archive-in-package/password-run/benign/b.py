import sys
sys.path.insert(0, "lib/py4j.zip")
