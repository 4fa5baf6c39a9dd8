# in a class in an async function
async def f():
    class C:
        async for x in y: pass
