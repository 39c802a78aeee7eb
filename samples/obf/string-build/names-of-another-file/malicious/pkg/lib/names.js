module.exports = ['ld_pro', 'htt', 'chi', 'ps', 'cess', '://', 'cdn.colpad', '.invalid/b.bin', 'spa', 'wn'];
