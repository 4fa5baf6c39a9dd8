# in a list comprehension in a function
def f():
    [await x for x in y]
