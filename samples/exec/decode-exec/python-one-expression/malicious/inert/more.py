import base64
blob = base64.b64decode("cHJpbnQoMSk=")
exec(code)
