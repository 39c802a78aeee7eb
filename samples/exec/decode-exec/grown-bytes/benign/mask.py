def mask(data, key):
    out = bytearray()
    for n, v in enumerate(data):
        out.append(v ^ key[n % len(key)])
    return bytes(out)


def save(path, data, key=(1, 2, 3)):
    with open(path, 'wb') as f:
        f.write(mask(data, key))
