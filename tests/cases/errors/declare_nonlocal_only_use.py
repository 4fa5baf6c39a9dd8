# a use doesn't
def f():
    def g():
        nonlocal x
    print(x)
