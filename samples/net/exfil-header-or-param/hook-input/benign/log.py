import json
import pathlib
import sys

heard = json.load(sys.stdin)
with (pathlib.Path.home() / '.sample.jsonl').open('a') as log:
    log.write(json.dumps(heard) + '\n')
