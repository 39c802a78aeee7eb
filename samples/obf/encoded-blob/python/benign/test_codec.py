import base64
def test(): assert base64.b64decode("aGVsbG8=").decode() == "hello"
