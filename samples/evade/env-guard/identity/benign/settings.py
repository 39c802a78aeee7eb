import socket

DEBUG = socket.gethostname().startswith("dev-")
HOST = socket.gethostname()
