# analysis: parameter and nonlocal in the visit, no binding after it
def f():
    def g():
        nonlocal y
    def h(x):
        nonlocal x
