# [3.12+] hidden by a local variable
def f[T]():
    T = 1
    def g():
        nonlocal T
