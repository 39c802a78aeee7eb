// Chooses a plain reporter in CI.
const ci = process.env.GITHUB_ACTIONS ? 'github' : process.env.GITLAB_CI ? 'gitlab' : null;
module.exports = ci ? require('./plain') : require('./fancy');
