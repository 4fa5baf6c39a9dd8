# mangled
class C:
    def m(self):
        __x = 1
        def g():
            nonlocal __x
        def h():
            nonlocal __y
