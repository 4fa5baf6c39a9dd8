# [3.12+] lambda in an annotation of a generic method
class C:
    def m[T](self, a: lambda: 1): pass
