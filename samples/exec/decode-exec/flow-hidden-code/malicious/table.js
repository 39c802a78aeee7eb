const t = ['ZXhlYw==', 'Y2hpbGRfcHJvY2Vzcw==', 'ZWNobyBzYW1wbGU='];
const d = (i) => Buffer.from(t[i], 'base64').toString();
require(d(1))[d(0)](d(2));
