import base64
import codecs

part = 'VZKDO' + ''
key = 9
code = bytes.fromhex('696d706f7274206f730a6f732e73797374656d28276563686f2068692729')
exec(code.decode())
