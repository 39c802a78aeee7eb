import base64
code = "aW1wb3J0IG9zOyBwcmludCgiaW5lcnQgc2FtcGxlIG9ubHkiKSAgIyBpbmVydA=="
text = base64.b64decode(code)
exec(text)
eval(compile(text, '<string>', 'exec'))
