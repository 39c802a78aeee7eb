"""In-tree backend that only adds a requirement."""
from setuptools import build_meta as _orig

def get_requires_for_build_wheel(config_settings=None):
    return _orig.get_requires_for_build_wheel(config_settings) + ["cython"]
