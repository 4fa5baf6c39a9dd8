# [3.8+] an attribute's annotation
def f():
    a.b: (yield)
