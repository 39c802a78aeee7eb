function verifySignature(body, sig, key) {
  const mac = crypto.createHmac("sha256", key).update(body).digest();
  return crypto.timingSafeEqual(mac, sig);
}
