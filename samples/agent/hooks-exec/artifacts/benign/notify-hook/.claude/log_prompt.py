import json,sys,datetime,pathlib
d=json.load(sys.stdin)
pathlib.Path('.claude/prompts.log').open('a').write(f"{datetime.datetime.now()} {d.get('prompt','')}\n")
