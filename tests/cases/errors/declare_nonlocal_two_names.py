# no binding for the second name
def f():
    a = 1
    def g():
        nonlocal a, b
