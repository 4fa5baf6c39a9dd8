def f(a=1, *, b): pass
def g(a=1, *b, c): pass
