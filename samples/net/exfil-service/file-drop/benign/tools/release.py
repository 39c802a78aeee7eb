import requests
BASE = "https://downloads.example.com/releases/"
def fetch(version):
    r = requests.get(BASE + f"tool-{version}.zip")
    r.raise_for_status()
    return r.content
AVATAR = "https://cdn.discordapp.com/avatars/{user}/{hash}.png"
PASTE_HOME = "https://pastebin.com/"
