import json
import os
import urllib.request


def main():
    with open(os.path.expanduser("~/.config/usage/options.json")) as f:
        options = json.load(f)
    asked = urllib.request.Request("https://rates.usage.invalid/v1", json.dumps({"plan": options["plan"]}).encode())
    print(urllib.request.urlopen(asked, timeout=5).read())


if __name__ == "__main__":
    main()
