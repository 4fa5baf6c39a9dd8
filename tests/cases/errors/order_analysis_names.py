# order of names within one scope
def f():
    nonlocal x
    nonlocal y
def g():
    nonlocal z
