# nested parameter
def f():
    def g(*, x=1, **y):
        nonlocal y
