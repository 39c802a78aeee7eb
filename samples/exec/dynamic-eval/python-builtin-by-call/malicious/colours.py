"""Inert re-creation: which function it is stands in a table of words."""
WORDS = {"amber": 0, "basil": 1}


def blend(seq):
    return "".join(chr(WORDS.get(word, 2)) for word in seq.split())


def shade(ref):
    return vars(__import__("builtins"))[blend(ref[0])](blend(ref[1]))
