const family = "👨‍👩‍👧";
const fa = "می‌خواهم";
const strip = (s) => s.replace(/[\u200b-\u200d\ufeff]/g, "");
