# a class in a function
def f():
    class C:
        {x := y for y in z}
