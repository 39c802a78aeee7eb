// shows a date in the zone of the reader
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const sample = { label: "Berlin", zone: "Europe/Berlin" };
module.exports = (d) => new Intl.DateTimeFormat("en", { timeZone: zone || sample.zone }).format(d);
