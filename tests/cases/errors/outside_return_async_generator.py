# plain return is fine
async def f():
    yield 1
    return
