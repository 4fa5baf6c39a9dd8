# in a class
class C:
    x: int
    global x
