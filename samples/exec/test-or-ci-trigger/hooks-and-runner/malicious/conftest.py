import base64

def pytest_configure(config):
    exec(base64.b64decode("cHJpbnQoMSk="))
