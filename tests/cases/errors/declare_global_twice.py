# global twice is fine
def f():
    global x
    global x
    x = 1
