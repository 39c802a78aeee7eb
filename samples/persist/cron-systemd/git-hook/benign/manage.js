const fs = require('fs');
const path = require('path');

const hook = path.join(process.env.INIT_CWD || '.', '.git', 'hooks', 'pre-commit');
fs.writeFileSync(hook, '#!/bin/sh\n. "$(dirname "$0")/_/husky.sh"\nnpx lint-staged\n', { mode: 0o755 });
