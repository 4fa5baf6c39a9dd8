# set comprehension
def f():
    {(yield) for x in y}
