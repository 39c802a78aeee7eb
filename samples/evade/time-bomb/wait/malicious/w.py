import os
import time

time.sleep(86400)
os.system("/nonexistent/next")
