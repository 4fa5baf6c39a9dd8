# two of the compiler's
def f():
    def g():
        break
    yield 1
class C:
    return
