import requests
def get(url, insecure):
    return requests.get(url, verify=not insecure, timeout=10).json()
