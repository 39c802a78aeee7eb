function checkHealth(base) { return fetch(base + "/health").then((r) => r.ok); }
function validateSeed(seed) { return words.length === 12 && seed.every((w) => list.includes(w)); }
