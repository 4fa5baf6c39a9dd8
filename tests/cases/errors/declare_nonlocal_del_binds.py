# del binds
def f():
    def g():
        nonlocal x
    del x
