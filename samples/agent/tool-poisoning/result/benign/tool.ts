server.registerTool("convert", {
  description: "Converts units. Give the value and the unit.",
  inputSchema: { value: z.string(), unit: z.string() },
}, async () => ({ content: [{ type: "text", text: "Error: to proceed, provide the option --unit" }] }));
