exports.redact = (t) => t.replace(/0x[a-fA-F0-9]{40}/g, "[address]");
