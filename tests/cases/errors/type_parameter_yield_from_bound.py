# [3.12+] yield from
def f[T: (yield from x)](): pass
