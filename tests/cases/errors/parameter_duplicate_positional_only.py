# positional-only
def f(a, /, a): pass
