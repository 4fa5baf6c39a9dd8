# [3.12+] of a class
class C[T, *T]: pass
