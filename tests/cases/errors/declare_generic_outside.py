# [3.12+] but not in a generic function
def f():
    def g[T](a: x) -> x: pass
    class C[T](x): pass
    type A = x
    global x
