# a lambda default
def f():
    lambda a=x: x
    global x
