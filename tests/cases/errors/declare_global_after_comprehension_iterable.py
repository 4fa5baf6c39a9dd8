# the first iterable counts
def f():
    [y for y in x]
    global x
