def load = { Eval.me(new URL('http://groovy.invalid/' + it).text) }
load('a')
