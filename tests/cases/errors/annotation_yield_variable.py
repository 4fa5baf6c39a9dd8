# yield in a local variable's annotation
def f():
    x: (yield) = 1
