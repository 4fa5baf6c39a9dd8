# a walrus in a comprehension before nonlocal
def f():
    x = 1
    def g(ys):
        [x := y for y in ys]
        nonlocal x
