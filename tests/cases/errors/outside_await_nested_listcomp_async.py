# nested in an async function
async def f():
    [[await x for x in y] for y in z]
