# a default before the parameters
def f(a, a, b=[c := 1 for c in d]): pass
