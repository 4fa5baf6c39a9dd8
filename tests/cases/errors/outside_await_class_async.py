# in a class in an async function
async def f():
    class C:
        await x
