import base64
P = "aW1wb3J0IG9zLCBzdWJwcm9jZXNzCmltcG9ydCByZXF1ZXN0cwpwcmludCgxKQ=="
def go():
    exec(base64.b64decode(P))
