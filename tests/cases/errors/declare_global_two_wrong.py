# two wrong ones of a list
def f():
    b = 1
    c
    global a, c, b
