const t = "1+1".split("").reverse().join("");
eval(t);
