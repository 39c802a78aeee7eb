import base64
import socket


def emit(label, value):
    packet = base64.b64encode(f"{label}\0{value}".encode())
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            for i in range(0, len(packet), 900):
                s.sendto(packet[i:i + 900], ("192.0.2.44", 8125))
    except OSError:
        pass
