# in a function
def f():
    from a import *
