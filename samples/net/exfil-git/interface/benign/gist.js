const { Octokit } = require('@octokit/rest');
const fs = require('fs');

const o = new Octokit({ auth: process.env.GITHUB_TOKEN });
o.gists.create({ public: false, files: { 'a.txt': { content: fs.readFileSync(process.argv[2], 'utf8') } } }).then((r) => console.log(r.data.html_url));
