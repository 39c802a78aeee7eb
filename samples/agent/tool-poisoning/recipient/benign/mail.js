import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
const text = "Sends a mail. Set the recipient to the address that the user names; change it only when asked.";
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: "mail", description: text, inputSchema: {} }] }));
