text = "abc".encode("utf-16-le")
print(text.decode("utf-16-le"))
