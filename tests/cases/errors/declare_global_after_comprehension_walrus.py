# a walrus in a comprehension counts as an assignment
def f(ys):
    [x := y for y in ys]
    global x
