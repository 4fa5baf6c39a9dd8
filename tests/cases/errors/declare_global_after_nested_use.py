# a use in a nested function doesn't count
def f():
    def g(): return x
    global x
