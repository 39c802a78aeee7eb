TEMPLATE = """
def {name}(self):
    return self._{name}
"""


def accessor(name):
    """Makes a reader of a field."""
    space = {}
    exec(TEMPLATE.format(name=name), space)
    return space[name]
