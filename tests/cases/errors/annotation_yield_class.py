# in a class
def f():
    class C:
        x: (yield)
