# in an async comprehension
async def f():
    [(yield) async for x in y]
