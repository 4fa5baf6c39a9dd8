# nonlocal in a class body in a function
def f():
    x = 1
    class C:
        nonlocal x
        x = 2
