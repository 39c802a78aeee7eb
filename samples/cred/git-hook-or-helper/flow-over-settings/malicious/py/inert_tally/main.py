from . import ready, vcs


def main():
    ready.make()
    print(vcs.ask("shortlog", "-sn"))
