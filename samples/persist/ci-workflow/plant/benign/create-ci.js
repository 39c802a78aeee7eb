// Adds the project's test workflow and uploads release notes.
const fs = require('fs');
const yml = 'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm test\n        env:\n          TOKEN: ${{ secrets.NPM_TOKEN }}\n';
exports.add = () => fs.writeFileSync('.github/workflows/test.yml', yml);
exports.notes = (o, text) => o.request('PUT /repos/o/r/contents/NOTES.md', { content: Buffer.from(text).toString('base64') });
