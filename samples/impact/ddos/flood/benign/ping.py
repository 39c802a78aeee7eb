"""Measures the round trip of a datagram."""
import os
import socket
import time


def rtt(host, port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(2)
    t = time.perf_counter()
    s.sendto(os.urandom(16), (host, port))
    s.recvfrom(64)
    return time.perf_counter() - t
