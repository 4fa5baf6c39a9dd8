# and, up to 3.13, an annotation
def f():
    def g(a: x): pass
    global x
