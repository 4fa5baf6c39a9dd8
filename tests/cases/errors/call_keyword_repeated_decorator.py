# decorator
@f(a=1, a=2)
def g(): pass
