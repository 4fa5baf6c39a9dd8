# the same after the declaration is fine
def f(ys):
    global x
    [x := y for y in ys]
