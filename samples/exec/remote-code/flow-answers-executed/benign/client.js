module.exports = async (address) => {
  const answer = await fetch(address);
  return JSON.parse(await answer.text());
};
