"""Inert: stands for a copy of a library."""
