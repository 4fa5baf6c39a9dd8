# a default belongs to the enclosing function
def f():
    def g(a=x): pass
    global x
