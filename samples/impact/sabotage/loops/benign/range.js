// Yields numbers without end; the caller stops.
exports.count = function* () {
  for (let i = 0; i < Infinity; i++) yield i;
};
exports.format = (d) => new Intl.DateTimeFormat('en', { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }).format(d);
