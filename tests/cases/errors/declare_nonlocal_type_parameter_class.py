# [3.12+] of a class
class C[T]:
    def m(self):
        nonlocal T
