import rsa


def letter(node, recipient, text):
    """A private message to whoever the caller names."""
    closed = rsa.encrypt(text.encode(), recipient.public_key)
    return node.send_raw_transaction({"to": recipient.address, "data": closed})
