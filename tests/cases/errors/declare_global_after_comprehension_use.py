# a use in a comprehension doesn't count
def f(ys):
    [x for y in ys]
    global x
