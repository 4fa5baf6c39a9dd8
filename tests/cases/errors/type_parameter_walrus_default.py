# [3.13+] type parameter default
def f[T = (x := 1)](): pass
