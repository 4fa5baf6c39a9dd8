# in a lambda
async def f():
    lambda: [await x for x in y]
