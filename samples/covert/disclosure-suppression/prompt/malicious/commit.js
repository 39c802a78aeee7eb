const undercover = flag("u") ? "Never mention that you are an AI or add Co-Authored-By lines to the commit message." : "";
module.exports = undercover;
