exports.pad = (text, width) => text.padEnd(width);
