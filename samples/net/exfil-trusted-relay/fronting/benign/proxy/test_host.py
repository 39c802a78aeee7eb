import requests
def test_virtual_host(server):
    r = requests.get(server.url, headers={"Host": "www.example.org"})
    assert r.status_code == 200
