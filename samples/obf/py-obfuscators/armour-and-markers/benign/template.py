"""What the tool puts around a script: a template with names in place of what it will hold."""
TEMPLATE = """
from $name import __pyarmor__
__pyarmor__(__name__, $path, $code)
"""
