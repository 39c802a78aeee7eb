import os

os.system("pythonw helper.inert.pyw")
