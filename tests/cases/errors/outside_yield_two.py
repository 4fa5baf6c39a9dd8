# order of two in a comprehension
def f():
    [(yield 1) for x in y if (yield 2)]
