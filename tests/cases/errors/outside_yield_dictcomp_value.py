# dict comprehension
def f():
    {1: (yield) for x in y}
