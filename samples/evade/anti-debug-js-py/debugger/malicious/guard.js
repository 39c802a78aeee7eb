setInterval(function () { (function () {}).constructor('debugger')(); }, 500);
