# a global in a function says nothing to a later one of the module
def f():
    global x
    x = 1
global x
