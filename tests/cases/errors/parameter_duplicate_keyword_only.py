# keyword-only
def f(a, *, a): pass
