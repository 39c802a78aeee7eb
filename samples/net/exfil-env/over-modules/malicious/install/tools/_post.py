import tools._wire as wire
from . import _facts


def after():
    wire.push(_facts.gather())
