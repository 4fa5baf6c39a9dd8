# an outer scope's names before an inner's
def f():
    def g():
        def h():
            nonlocal a
        nonlocal b
