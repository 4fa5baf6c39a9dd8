# parameter before use
def f(x):
    print(x)
    global x
