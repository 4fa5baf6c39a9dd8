# [3.12+] directly
def f[T]():
    nonlocal T
