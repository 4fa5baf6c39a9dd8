# [3.12+] generator expression in an alias in a class
class C:
    type A = (x for x in y)
