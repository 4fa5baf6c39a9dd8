# in a default at module level
def f(a=(yield)): pass
