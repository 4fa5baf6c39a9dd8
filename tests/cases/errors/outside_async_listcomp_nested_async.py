# nested in an async comprehension
async def f():
    [[x async for x in z] async for z in w]
