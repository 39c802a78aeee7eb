const u = new URL(process.env.OPENAI_BASE_URL || "https://api.openai.com");
// Azure wants the key in another header
const azure = u.hostname.endsWith(".openai.azure.com");
module.exports = { headers: azure ? { "api-key": key } : { authorization: `Bearer ${key}` } };
