# **kwargs
def f(a, **a): pass
