function auth(req, res, next) {
  if (req.headers["x-hub-signature"] === expected(process.env.SECRET)) return next();
  return res.status(401).end();
}
function login(user, password) {
  return bcrypt.compareSync(password, user.hash);
}
