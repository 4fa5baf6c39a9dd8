# in a function
def f():
    a: (x := 1) = 1
