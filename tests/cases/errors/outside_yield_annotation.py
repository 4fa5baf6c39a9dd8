# in an annotation at module level
def f(a: (yield)): pass
