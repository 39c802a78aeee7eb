import http.server
import threading
import urllib.request

import pytest


@pytest.fixture
def page():
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield urllib.request.urlopen("http://127.0.0.1:%d/" % server.server_port).read()
    server.shutdown()
