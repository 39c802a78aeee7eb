"""Keeps the tracer of a coverage run alive in threads."""
import sys
import threading

tracer = sys.gettrace()
if tracer is not None:
    threading.settrace(tracer)
