# names in order of first mention
def f():
    def g():
        print(b)
        def h(): b, a
        nonlocal c, d
