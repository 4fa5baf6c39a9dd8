# in a list comprehension in an async function
async def f():
    [await x for x in y]
