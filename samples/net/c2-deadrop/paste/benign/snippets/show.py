import requests
def show(paste_id):
    """Print a paste; never runs it."""
    print(requests.get("https://pastebin.com/raw/" + paste_id).text)
