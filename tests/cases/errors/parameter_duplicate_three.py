# three times
def f(a, b, a, b): pass
