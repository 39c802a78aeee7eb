import hashlib
import hmac


def is_valid(body, sent, key):
    try:
        return hmac.compare_digest(hmac.new(key, body, hashlib.sha256).hexdigest(), sent)
    except Exception:
        return False


def is_reachable(client):
    try:
        client.ping()
    except Exception:
        return True
    return False
