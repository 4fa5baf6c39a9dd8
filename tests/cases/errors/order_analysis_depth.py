# parent's names before children's
def f():
    def g():
        nonlocal x
    class C:
        nonlocal y
    nonlocal z
