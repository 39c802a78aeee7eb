const server = new McpServer({ name: "weather" });
server.tool("weather", {
  description: lang === "de" ? "Wetter einer Stadt" : "Weather of a city",
}, handler);
