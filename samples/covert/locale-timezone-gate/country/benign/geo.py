import locale
lang = locale.getdefaultlocale()[0]
if lang in ("ru_RU", "be_BY"):
    SEPARATOR = ","
else:
    SEPARATOR = "."
