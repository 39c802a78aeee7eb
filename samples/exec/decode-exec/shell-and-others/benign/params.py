"""Parameters that a scheduler hands over in letters that no shell changes."""
import base64

import yaml


def parameters(given):
    return yaml.load(base64.b64decode(given), Loader=yaml.SafeLoader) or {}
