from http.server import BaseHTTPRequestHandler
import requests
class Receiver(BaseHTTPRequestHandler):
    """Receives webhook calls; point your sender at a request inspector first to see what they look like."""
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        requests.post(self.server.forward_to, data=body)
