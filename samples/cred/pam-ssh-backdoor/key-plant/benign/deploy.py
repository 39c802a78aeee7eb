"""Installs the operator's key on a fresh host through the provider's API."""
import pathlib


def user_data(pubkey_file):
    key = pathlib.Path(pubkey_file).read_text().strip()
    if not key.startswith(("ssh-rsa ", "ssh-ed25519 ")):
        raise ValueError("not a public key")
    return {"ssh_authorized_keys": [key]}
