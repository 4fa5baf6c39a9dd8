# brackets: not a simple annotation
def f():
    global x
    (x): int = 1
