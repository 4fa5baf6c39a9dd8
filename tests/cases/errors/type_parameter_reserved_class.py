# [3.12+] reserved __class__
class C:
    def m[__class__](self): pass
