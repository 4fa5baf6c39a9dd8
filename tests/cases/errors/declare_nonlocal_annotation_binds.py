# a bare annotation binds
def f():
    def g():
        nonlocal x
    x: int
