import json
import subprocess
import sys
import requests


def latest(name):
    answer = requests.get('https://pypi.org/pypi/' + name + '/json').text
    return json.loads(answer)['info']['version']


def show(name):
    subprocess.Popen([sys.executable, '-m', 'pip', 'show', name])
