# walrus in an annotation
def f(a: (x := 1)): pass
