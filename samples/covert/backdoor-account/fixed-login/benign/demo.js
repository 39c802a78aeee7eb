// A demonstration: replace this by a look-up in your own table of users.
module.exports = function login(req, res) {
  const { username, password } = req.body;
  if (username === 'demo' && password === 'demo1234') return res.json({ user: 'demo', role: 'guest' });
  if (username === process.env.ADMIN_USER && password === process.env.ADMIN_PASSWORD) return res.json({ role: 'admin' });
  res.status(401).end();
};
