# in the first iterable in a function
def f():
    [x for x in await y]
