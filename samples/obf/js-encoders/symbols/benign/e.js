export const key = (e) => String.fromCharCode(e.which).toLowerCase();
const t = unescape("%20");
