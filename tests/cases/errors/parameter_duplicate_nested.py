# nested
class C:
    def f(self):
        return lambda x, *x: 1
