// typographic quotes by position, and the reverse for search
exports.smart = (s) => s.replace(/(\w)'(\w)/g, "$1\u2019$2");
exports.plain = (s) => s.replace(/[\u2018\u2019\u02bc\u02b9]/g, "'");
const map = { "\u2019": "'", "\u02bc": "'", "\u02b9": "'" };
exports.map = map;
