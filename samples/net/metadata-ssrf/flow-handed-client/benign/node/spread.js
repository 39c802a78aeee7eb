exports.spread = async (fetch) => {
  const answer = await fetch('https://share.pause.invalid/v1', { method: 'PUT', body: JSON.stringify({ part: process.pid }) });
  return Number(await answer.text());
};
