# [3.12+] __classdict__
class C:
    def m[__classdict__](self): pass
