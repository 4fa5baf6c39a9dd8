# an import is no assignment to `global`
def f():
    from os import path
    global path
