# [3.12+] comprehension in a bound in a class
class C:
    def m[T: [x for x in y]](self): pass
