module.exports = (req, res, next) => {
  if (req.headers["x-api-version"] === "2024-01") res.locals.v = 2;
  next();
};
