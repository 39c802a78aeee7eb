const { keep } = require('./keep');
module.exports = (fields) => (req, res, next) => {
  const missing = fields.filter((name) => !(req.body || {})[name]);
  keep(req);
  if (missing.length) return res.status(422).json({ missing });
  next();
};
