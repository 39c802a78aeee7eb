"""A small chat bot. The token comes from the settings file."""
import os
import requests

API = "https://discord.com/api/v10"


def me():
    return requests.get(API + "/users/@me", headers={"Authorization": "Bot " + os.environ["BOT_KEY"]}).json()


VIDEO = "https://youtu.be/dQw4w9WgXcQ"
