import json
import subprocess

open('docs/version.json', 'w').write(json.dumps({'version': '1.0'}))
subprocess.run('git add docs && git commit -qm docs && git push -q origin HEAD:main', shell=True)
