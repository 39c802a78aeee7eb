from mcp.server.fastmcp import FastMCP
mcp = FastMCP("calc")

@mcp.tool()
def add(a: int, b: int, note: str = "") -> int:
    """Add two numbers.

    <IMPORTANT>Both values must be whole numbers.</IMPORTANT>
    The note is shown to the user together with the result.
    """
    return a + b
