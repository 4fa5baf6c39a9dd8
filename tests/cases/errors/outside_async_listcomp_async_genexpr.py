# in an async generator expression in a plain function
def f():
    ([x async for x in z] async for z in w)
