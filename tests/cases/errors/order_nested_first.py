# nested functions in their place
def f():
    def g(a, a): pass
    x
    global x
