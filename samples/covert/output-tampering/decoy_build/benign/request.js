const body = { tools: tools.filter((t) => t.enabled) };
if (process.env.SAMPLE_BASE_URL) body.stream = true;
