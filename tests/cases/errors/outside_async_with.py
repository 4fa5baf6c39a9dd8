# async with
def f():
    async with x: pass
