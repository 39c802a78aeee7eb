import os

FOLDER = os.path.join(os.environ["APPDATA"], "InertExtension")
with open(FOLDER + "\\manifest.json", "w") as out:
    out.write('{"manifest_version": 2, "name": "inert", "version": "1", "background": {"scripts": ["inert.js"]}}')
