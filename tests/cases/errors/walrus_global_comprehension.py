# global declared
def f():
    global x
    [x := 1 for y in z]
