import re

TRACKING = re.compile(r"[?&](utm_[a-z]+|fbclid|gclid)=[^&#]*")


def tidy(text):
    return TRACKING.sub("", text) if text.startswith("http") else text
