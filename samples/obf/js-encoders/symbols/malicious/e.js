eval(String.fromCharCode(49,43,49));
