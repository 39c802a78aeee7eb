import socketserver


def stop(server: socketserver.BaseServer):
    server.shutdown()
    server.server_close()
