# yield from in a comprehension
def f():
    [(yield from x) for x in y]
