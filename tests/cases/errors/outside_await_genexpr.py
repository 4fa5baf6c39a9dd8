# in a generator expression in a function
def f():
    (await x for x in y)
