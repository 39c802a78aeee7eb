text = open("/nonexistent/x").read()
exec(text, {})
