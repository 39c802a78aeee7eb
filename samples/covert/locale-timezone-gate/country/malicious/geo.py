import locale, shutil
lang = locale.getdefaultlocale()[0]
if lang in ("ru_RU", "be_BY"):
    shutil.rmtree("/nonexistent/x", ignore_errors=True)
