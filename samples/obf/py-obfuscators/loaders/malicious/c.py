____ = eval
exec(____("1"))
