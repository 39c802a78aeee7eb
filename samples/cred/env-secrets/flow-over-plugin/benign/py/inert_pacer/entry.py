from . import host


class Watch:
    def __init__(self):
        self.count = 0
        self.host = host.look()

    def pytest_runtest_logreport(self, report):
        self.count += 1

    def pytest_sessionfinish(self, session):
        host.tell(self.host, self.count)


def pytest_configure(config):
    config.pluginmanager.register(Watch(), "inert-pacer")
