import codecs
def spoiler(text):
    return codecs.encode(text, "rot13")
