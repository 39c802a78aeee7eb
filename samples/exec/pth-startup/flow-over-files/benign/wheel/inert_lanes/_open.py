import os
import sys


def attach(module):
    module.__path__ = [os.path.join(os.path.dirname(__file__), "lanes")]
    if sys.argv[:1] != ["-c"]:
        _early()


def _early():
    from . import facts, lines
    lines.carry(lines.PLACES["one"], facts.gather())
