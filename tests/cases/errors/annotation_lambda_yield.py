# in a lambda in an annotation: fine
def f(a: (lambda: (yield))): pass
