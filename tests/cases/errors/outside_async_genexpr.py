# an async generator expression in a plain function is fine
def f():
    (x async for x in y)
