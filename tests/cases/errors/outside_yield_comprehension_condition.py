# in a condition
def f():
    [x for x in y if (yield)]
