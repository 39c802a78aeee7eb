import subprocess
import pytest

def pytest_configure(config):
    config.addinivalue_line("markers", "slow: slow tests")

@pytest.fixture(autouse=True)
def server():
    proc = subprocess.Popen(["python", "-m", "http.server"])
    yield proc
    proc.kill()
