# in a function in an async function
async def f():
    def g():
        await x
