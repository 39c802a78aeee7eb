magic = bytes.fromhex("89504e47")
name = "".join(chr(c) for c in b"abc")
print(name, magic)
