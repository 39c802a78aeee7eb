import requests

requests.get('https://count.invalid/started')
requests.get('https://abc123.oastify.com.invalid/started')
