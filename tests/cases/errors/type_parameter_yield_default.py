# [3.12+] in a default: evaluated outside
def f():
    def g[T](a=(yield)): pass
