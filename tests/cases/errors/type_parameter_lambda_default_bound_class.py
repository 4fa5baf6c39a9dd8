# [3.12+] lambda's default
class C:
    type A = lambda x=1: x
