module.exports = (base) => fetch(base + "/v1/items", { headers: { authorization: process.env.API_TOKEN } });
