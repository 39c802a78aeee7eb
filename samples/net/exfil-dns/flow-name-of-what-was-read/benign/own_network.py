"""The host's own addresses, as the network at home knows them."""
import socket

ADDRESSES = socket.gethostbyname_ex(socket.gethostname() + ".local")[2]
