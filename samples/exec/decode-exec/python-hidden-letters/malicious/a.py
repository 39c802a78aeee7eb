exec(''.join(map(chr, [112, 114, 105, 110, 116, 40, 49, 41])))
exec("\x70\x72\x69\x6e\x74\x28\x31\x29")
exec(bytes([b ^ 91 for b in (43, 41, 50, 53)]).decode())
