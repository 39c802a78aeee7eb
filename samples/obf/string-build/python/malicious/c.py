import codecs
exec(codecs.decode("cnff", "rot13"))
