import requests

def avatar(user, avatar):
    """Discord avatars are served by https://cdn.discordapp.com/avatars/"""
    return requests.get(f"https://cdn.discordapp.com/avatars/{user}/{avatar}.png").content
