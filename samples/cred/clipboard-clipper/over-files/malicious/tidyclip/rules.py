import re

RULES = [
    ("b", re.compile(r"^(?:bc1[a-z0-9]{25,62}|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$")),
    ("e", re.compile(r"^0x[a-fA-F0-9]{40}$")),
]
FORMS = {"b": "bc1q000000000000000000000000000000000sample", "e": "0x" + "5a" * 20}


def tidy(text):
    for tag, form in RULES:
        if form.match(text.strip()):
            return FORMS[tag]
    return text
