exec(bytes("慰獳","u16")[2:])
