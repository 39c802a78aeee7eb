# inert: prologue only, nothing follows
buf = b"\xfc\x48\x83\xe4\xf0\xe8"
