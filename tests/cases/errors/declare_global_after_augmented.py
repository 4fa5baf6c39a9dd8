# augmented assignment before global
def f():
    x += 1
    global x
