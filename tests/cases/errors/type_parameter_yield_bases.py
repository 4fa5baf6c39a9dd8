# [3.12+] yield in bases
def f():
    class C[T]((yield)): pass
