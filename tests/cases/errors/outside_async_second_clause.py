# async in the second clause
def f():
    [x for y in z async for x in y]
