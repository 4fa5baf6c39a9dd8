# [3.12+] outside: fine
type A = [x for x in y]
def f[T: lambda: 1](): pass
