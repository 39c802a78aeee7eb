import os

def enabled():
    return os.environ.get("APP_DEBUG", "") == "1"

def describe(name):
    parts = ["ex", "ecutor"]
    return "-".join(parts) + name
