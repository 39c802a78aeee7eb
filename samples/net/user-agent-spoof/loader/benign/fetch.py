import requests
def page(url):
    return requests.get(url, headers={"User-Agent": "tool/1.4 (+https://tool.example.org)"}).text
