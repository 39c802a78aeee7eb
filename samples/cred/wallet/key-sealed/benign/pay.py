from chainkit import Account, rpc


def pay(key, to, amount):
    account = Account.from_key(key)
    signed = account.sign_transaction({"to": to, "value": amount})
    return rpc("https://node.chain.invalid").send_raw_transaction(signed.raw)
