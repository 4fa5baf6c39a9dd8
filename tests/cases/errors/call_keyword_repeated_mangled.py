# [3.8+] mangling plays no part
class C:
    f(__a=1, _C__a=2)
