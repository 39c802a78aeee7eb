import platform
print("Please add this to your report:", platform.system(), platform.release(), platform.machine())
