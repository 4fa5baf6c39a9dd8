# in an inner iterable
def f():
    [x for x in y for z in (yield)]
