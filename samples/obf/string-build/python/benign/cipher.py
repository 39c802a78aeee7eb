def xor(text, key):
    return "".join(chr(ord(a) ^ ord(b)) for a, b in zip(text, key))
print(chr(65) + chr(66))
