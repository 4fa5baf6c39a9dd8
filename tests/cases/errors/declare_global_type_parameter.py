# [3.12+] global of a type parameter's name
def f[T]():
    global T
    T = 1
