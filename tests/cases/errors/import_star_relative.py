# relative
def f():
    from . import *
