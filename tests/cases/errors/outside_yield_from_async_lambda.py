# in a lambda in one: fine
async def f():
    lambda: (yield from x)
