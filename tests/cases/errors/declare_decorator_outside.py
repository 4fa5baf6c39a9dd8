# so does a decorator
def f():
    @x
    def g(): pass
    global x
