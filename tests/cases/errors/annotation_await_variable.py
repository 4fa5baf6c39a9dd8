# await in a variable's annotation
async def f():
    x: await y
