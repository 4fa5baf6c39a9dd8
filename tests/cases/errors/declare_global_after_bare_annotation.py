# bare annotation before global
def f():
    x: int
    global x
