# message and mangling
class C:
    def f(self):
        [__x := 0 for __x in y]
