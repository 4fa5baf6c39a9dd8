# bound later, and in a nested comprehension's walrus
def f():
    def g():
        nonlocal x, y
        x = y = 1
    [y := z for z in x]
    x = 2
