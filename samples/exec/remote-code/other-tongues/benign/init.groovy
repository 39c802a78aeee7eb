def v = new URL('https://versions.invalid/latest').text.trim()
version = v
Eval.me('1 + 1')
