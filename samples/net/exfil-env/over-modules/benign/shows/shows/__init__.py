from .client import Client
from .facts import gather

ABOUT = gather()
