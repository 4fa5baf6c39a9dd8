# and a base class
def f():
    class C(x): pass
    global x
