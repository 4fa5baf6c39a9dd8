# a use in a local annotation before global
def f():
    y: x = 1
    global x
