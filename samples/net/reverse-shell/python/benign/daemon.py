import os
def redirect(log):
    si = open(os.devnull); so = open(log, "a+")
    os.dup2(si.fileno(), 0); os.dup2(so.fileno(), 1); os.dup2(so.fileno(), 2)
