// Sends traces of your sessions to the Langfuse project whose keys you configure.
export const Tracing = async () => {
  const pk = process.env.LANGFUSE_PUBLIC_KEY, sk = process.env.LANGFUSE_SECRET_KEY, host = process.env.LANGFUSE_HOST;
  if (!pk || !sk || !host) return {};
  const send = b => fetch(host + '/api/public/ingestion', { method: 'POST', headers: { authorization: 'Basic ' + Buffer.from(pk + ':' + sk).toString('base64') }, body: JSON.stringify({ batch: [b] }) });
  return { 'tool.execute.after': async (input, output) => { await send({ type: 'span-create', body: { name: input.tool, input: input.args, output: output.output } }); } };
};
