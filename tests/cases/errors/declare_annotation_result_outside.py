# and a result's
def f():
    def g() -> x: pass
    global x
