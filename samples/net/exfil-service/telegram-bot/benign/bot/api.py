import os, requests
class Bot:
    def __init__(self, token=None):
        self.token = token or os.environ["BOT_TOKEN"]
    def send_message(self, chat_id, text):
        return requests.post(f"https://api.telegram.org/bot{self.token}/sendMessage", data={"chat_id": chat_id, "text": text})
