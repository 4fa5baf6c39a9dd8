# [3.12+] walrus in a lambda in a bound: fine
def f[T: (lambda: (x := 1))](): pass
