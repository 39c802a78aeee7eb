from importlib.machinery import SourcelessFileLoader
SourcelessFileLoader("core", "core.dat").load_module()
