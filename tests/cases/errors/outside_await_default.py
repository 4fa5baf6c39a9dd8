# in a default
def f(a=await x): pass
