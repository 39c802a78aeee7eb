export async function list(baseUrl, apiKey) {
  const res = await fetch(`${baseUrl}/v1/items`, { headers: { "x-api-key": apiKey, accept: "application/json" } });
  return res.json();
}
export function sign(privateKey, message) { return require("tweetnacl").sign(message, privateKey); }
