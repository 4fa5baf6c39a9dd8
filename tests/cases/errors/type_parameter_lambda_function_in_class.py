# [3.12+] in a function in a class: fine
class C:
    def m(self):
        type A = lambda: 1
