def outline(text):
    return [line for line in text.splitlines() if line.startswith("#")]
