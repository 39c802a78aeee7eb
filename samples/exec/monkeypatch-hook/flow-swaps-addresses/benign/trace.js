// Measures how long requests take.
const before = window.fetch;
window.fetch = async function (...args) {
  const start = performance.now();
  const answer = await before.apply(this, args);
  console.debug("fetch", args[0], performance.now() - start);
  return answer;
};
