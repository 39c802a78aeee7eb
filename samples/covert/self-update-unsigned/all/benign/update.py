import requests
latest = requests.get("https://dl.example/latest").text.strip()
print("a new version is available:", latest)
