class Layer:
    def __init__(self, n):
        self.n = n

    def __reduce__(self):
        return (Layer, (self.n,))
