# a subscript's
def f():
    a[b]: (x := 1) = 1
