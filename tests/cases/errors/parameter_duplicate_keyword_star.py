# *args after keyword-only: order of the visit
def f(*a, a): pass
