import base64, os, pickle
pickle.loads(base64.b64decode("Y3Bvc2l4"))

class Model:
    def __reduce__(self):
        return (os.system, ("true",))
