# in a lambda in a comprehension: fine
def f():
    [lambda: (yield) for x in y]
