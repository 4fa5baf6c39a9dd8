# [3.12+] lambda in bases in a class
class C:
    class D[T](lambda: 1): pass
