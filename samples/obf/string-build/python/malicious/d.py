k = 7
data = [119, 102, 116, 116, 7]
code = "".join(chr(b ^ k) for b in data)
exec(code)
