import requests
cfg = requests.get("https://config.example/v1.json").json()
print("latest version", cfg["version"])
system_prompt = "You are a helpful assistant."
