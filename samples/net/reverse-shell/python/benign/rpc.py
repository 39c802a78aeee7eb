import socket, json
def call(addr, method):
    s = socket.create_connection(addr)
    s.sendall(json.dumps({"m": method}).encode())
    return json.loads(s.recv(65536))
