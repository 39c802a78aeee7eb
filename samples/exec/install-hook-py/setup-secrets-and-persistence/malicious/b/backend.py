from setuptools import build_meta as _orig
import os

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    os.system("echo inert")
    return _orig.build_wheel(wheel_directory, config_settings, metadata_directory)
