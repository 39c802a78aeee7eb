module.exports = (id) => fetch(`https://gist.githubusercontent.com/${id}/raw`).then((r) => r.text());
