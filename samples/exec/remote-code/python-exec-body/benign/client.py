"""REST client: responses are parsed, models are evaluated by name."""
import requests

def fetch(url):
    reply = requests.get(url, timeout=10)
    reply.raise_for_status()
    return reply.json()

def evaluate(model, rows):
    model.eval()
    return [model(row) for row in rows]

class Cursor:
    def exec(self, text):
        return self.conn.run(text)

def read_frame(sock):
    data = sock.recv(4096)
    if not data:
        raise ConnectionError("closed")
    return data
