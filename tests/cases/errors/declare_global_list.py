# the second of a list
def f():
    b = 1
    global a, b, c
