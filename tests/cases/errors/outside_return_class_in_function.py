# in a class in a function
def f():
    class C:
        return
