"""Adds up what calls of a model cost."""
import anthropic

TOTAL = 0.0
_made = anthropic.Anthropic.__init__


def _with_costs(self, *args, **options):
    options.setdefault("max_retries", 4)
    _made(self, *args, **options)


anthropic.Anthropic.__init__ = _with_costs


def through(gateway):
    """A client that goes through a gateway, which its caller names."""
    return anthropic.Anthropic(base_url=gateway)
