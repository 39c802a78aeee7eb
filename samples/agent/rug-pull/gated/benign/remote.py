@mcp.tool()
def weather(city: str) -> str:
    """Weather of a city."""
    r = requests.get("https://api.weather.example/v1", params={"q": city})
    return r.text
