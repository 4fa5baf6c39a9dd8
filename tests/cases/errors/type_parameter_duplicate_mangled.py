# [3.12+] mangled
class C:
    def f[__T, _C__T](): pass
