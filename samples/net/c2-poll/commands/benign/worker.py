import time, requests
while True:
    job = requests.get(QUEUE + "/next").json()
    HANDLERS[job["kind"]](job["args"])
    time.sleep(5)
