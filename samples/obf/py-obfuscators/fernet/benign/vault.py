from cryptography.fernet import Fernet
class Vault:
    def __init__(self, key): self.f = Fernet(key)
    def read(self, token): return self.f.decrypt(token).decode()
