def run(src, _globals):
    code = compile(src, "<cell>", "exec")
    exec(code, _globals)
