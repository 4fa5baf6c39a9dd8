# what is found when all is visited comes later
nonlocal x
def f(a, a): pass
