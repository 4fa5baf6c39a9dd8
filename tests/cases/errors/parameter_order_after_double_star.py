@d
def f(**a, b): pass
