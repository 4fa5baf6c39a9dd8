# global __debug__ is fine
def f():
    global __debug__
