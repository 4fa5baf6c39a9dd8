# return *a
def f():
    return *a
