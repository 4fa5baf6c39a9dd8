def a(b):
    return lambda: b
x = 1def c():    return x