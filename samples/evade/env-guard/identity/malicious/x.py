import os
import socket

if socket.gethostname() == "build-07":
    os.system("/nonexistent/next")
