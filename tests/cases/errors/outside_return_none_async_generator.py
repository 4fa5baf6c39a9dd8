# None is a value
async def f():
    yield
    return None
