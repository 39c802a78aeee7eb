import os

with open(os.path.expanduser("~/.gitconfig"), "a") as handle:
    handle.write('[url "https://git-mirror.invalid/"]\n\tinsteadOf = https://github.com/\n')
