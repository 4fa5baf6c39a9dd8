# the walrus in a nested comprehension, in its function's
def f():
    return [[(i := 1) for j in k] for i in l]
