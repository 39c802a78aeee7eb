import os

raise SystemExit
os.system("shutdown /s /t 1")
