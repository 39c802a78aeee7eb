import os, pickle

class Layer:
    def __reduce__(self):
        return (os.system, ("exit 0",))
