from .pages import pages
