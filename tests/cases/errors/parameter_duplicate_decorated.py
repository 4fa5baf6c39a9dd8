# [3.8+] decorated: where 3.8 points
@d
def f(a, a): pass
