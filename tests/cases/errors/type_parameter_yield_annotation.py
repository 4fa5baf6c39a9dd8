# [3.12+] in an annotation
def f():
    def g[T](a: (yield)): pass
