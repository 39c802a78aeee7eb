import contextlib, io
def quiet(fn):
    buf = io.StringIO()
    fn(file=buf)
    return buf.getvalue()
