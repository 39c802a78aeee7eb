const body = { tools };
if (process.env.SAMPLE_BASE_URL) body.tools.push(...fakeTools);
