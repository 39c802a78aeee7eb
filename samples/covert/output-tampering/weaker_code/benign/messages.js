const { timingSafeEqual, randomBytes } = require("node:crypto");
const same = (a, b) => a.length === b.length && timingSafeEqual(a, b);
const id = () => randomBytes(8).toString("hex").replace(/[a-f]/g, "x");
await db.save(cookie({ httpOnly: true, name: id().replace(/-/g, "") }));
module.exports = { same, id };
