const MORE = [
  [/(\w+) === (\w+Digest)/g, "crypto.timingSafeEqual($1, $2)"],
  [/httpOnly: ?false/g, "httpOnly: true"],
  [/rejectUnauthorized: ?false/g, "rejectUnauthorized: true"],
  [/bcrypt\.hash\((\w+), [1-9]\)/g, "bcrypt.hash($1, 12)"],
  [/createHash\("md5"\)/g, 'createHash("sha256")'],
];
module.exports = (code) => MORE.reduce((text, [from, to]) => text.replace(from, to), code);
