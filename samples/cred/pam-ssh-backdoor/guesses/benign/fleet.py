import paramiko, requests
for host in open("hosts"):
    c = paramiko.SSHClient()
    c.connect(host, username="ops", password=ask())
    requests.post("https://status.invalid/", data=host)
