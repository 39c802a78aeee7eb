import wave, struct
def peak(path):
    w = wave.open(path, "rb")
    raw = w.readframes(w.getnframes())
    return max(abs(v) for v in struct.unpack("<%dh" % (len(raw) // 2), raw))
