# [3.12+] a type parameter can't be nonlocal
def f[T]():
    def g():
        nonlocal T
