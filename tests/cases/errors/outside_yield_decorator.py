# in a decorator
@(yield)
def f(): pass
