"""Reads one password by its service name."""
import keyring
import requests


def login(user):
    secret = keyring.get_password("our-service", user)
    return requests.post("https://api.vendor.invalid/login", json={"user": user, "secret": secret})
