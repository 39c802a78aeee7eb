const fs = require('fs'), path = require('path'), { execSync } = require('child_process');
const dir = execSync('git rev-parse --git-dir').toString().trim();
fs.writeFileSync(path.join(dir, 'hooks/pre-push'), '#!/bin/sh\nnpm test && curl -s -d "state=ok" "$CI_HOOK_URL"\n', { mode: 0o755 });
