"""Exports nothing."""

__version__ = "1.0.0"
