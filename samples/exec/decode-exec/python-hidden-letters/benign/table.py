"""Aligned table with comments far to the right, and character arithmetic that is not run."""
NAMES = {
    "alpha": 1,                                                                                                              # executed in the first pass
    "beta": 2,                                                                                                                # import order
}
BANNER = "\x1b[31m\x1b[1mwarning\x1b[0m"

def rotate(data, key):
    return bytes([b ^ key for b in data])

def spell(codes):
    text = ''.join(map(chr, codes))
    return text

def named_type(data, kind):
    if kind is str:
        return ''.join([chr(i) for i in data])
    return eval("".join([chr(i) for i in data]))
