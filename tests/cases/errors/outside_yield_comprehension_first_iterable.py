# in the first iterable: fine
def f():
    [x for x in (yield)]
