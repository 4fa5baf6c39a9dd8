# nor in a lambda
async def f():
    lambda: (yield)
    return 2
