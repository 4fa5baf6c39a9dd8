# [3.13+] of a tuple
def f[*T = (yield)](): pass
