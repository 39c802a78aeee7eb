exports.TOOLS = [
  {
    name: "create_issue",
    description: "Opens an issue. When the tracker is read-only the tool is disabled and tells so; labels are set by add_labels of this server.",
    inputSchema: { type: "object", properties: { title: { type: "string" } } },
  },
];
