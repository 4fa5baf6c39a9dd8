# [3.12+] constraints
def f[T: (int, (x := 1))](): pass
