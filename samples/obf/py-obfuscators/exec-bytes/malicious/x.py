exec("".join(map(chr,[112,97,115,115])))
exec(bytes.fromhex("70617373"))
