# [3.12+] in a class body
class C[T]:
    nonlocal T
