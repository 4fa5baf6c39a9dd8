# *args and **kwargs
def f(*a, **a): pass
