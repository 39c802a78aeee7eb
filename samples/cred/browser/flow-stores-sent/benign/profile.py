import os


def profile():
    return os.path.join(os.path.expanduser('~'), '.config', 'google-chrome', 'Default', 'Preferences')
