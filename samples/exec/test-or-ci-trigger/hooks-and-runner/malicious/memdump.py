import re
def pid_of(name="Runner.Worker"):
    return 0
path = "/proc/%d/mem" % pid_of()
