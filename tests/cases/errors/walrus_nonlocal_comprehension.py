# nonlocal declared
def f():
    x = 1
    def g():
        nonlocal x
        [x := 1 for y in z]
