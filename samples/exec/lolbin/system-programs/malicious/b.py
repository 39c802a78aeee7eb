import os
os.system("wmic process call create inert.exe")
os.system("osascript -e 'display dialog \"Password\" default answer \"\" with hidden answer'")
