# walrus in a default is fine
def f(a=(x := 1)): pass
