def pages(n):
    return range(n)
