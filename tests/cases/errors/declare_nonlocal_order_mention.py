# symbol order, not statement order
def f():
    def g():
        x = 1
        nonlocal d
        nonlocal c
