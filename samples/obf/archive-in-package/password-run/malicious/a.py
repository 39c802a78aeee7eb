import zipfile, subprocess
z = zipfile.ZipFile("data.bin")
z.extractall("/nonexistent", pwd=b"inert1")
subprocess.Popen(["/nonexistent/run"])
