# where it stands among others
def f():
    return lambda x, __debug__: x
__debug__ = 1
