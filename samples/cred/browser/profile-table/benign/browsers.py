NAMES = {"chrome": "Google\\Chrome\\User Data", "edge": "Microsoft\\Edge\\User Data", "vivaldi": "Vivaldi\\User Data", "brave": "BraveSoftware\\Brave-Browser\\User Data"}
