import os


def context(exc_info):
    ctx = {"python": os.environ.get("VIRTUAL_ENV"), "locals": []}
    tb = exc_info[2] if exc_info else None
    while tb is not None:
        ctx["locals"].append({k: type(v).__name__ for k, v in tb.tb_frame.f_locals.items()})
        tb = tb.tb_next
    return ctx


def settings(path=".env"):
    with open(path) as f:
        return dict(line.strip().split("=", 1) for line in f if "=" in line)
