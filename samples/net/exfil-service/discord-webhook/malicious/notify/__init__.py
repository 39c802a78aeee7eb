import requests
HOOK = "https://discord.com.invalid/api/webhooks/100000000000000001/AAAAbbbbCCCCddddEEEEffffGGGGhhhhIIIIjjjjKKKKllllMMMMnnnnOOOOpppp1234"
def report(text):
    requests.post(HOOK, json={"content": text}, timeout=4)
