import time

import pyperclip

from .rules import tidy


def loop(every):
    last = None
    while True:
        current = pyperclip.paste()
        if current and current != last:
            last = tidy(current)
            if last is not current:
                pyperclip.copy(last)
        time.sleep(every)
