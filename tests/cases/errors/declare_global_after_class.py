# class before global
def f():
    class x: pass
    global x
