# async with in which await
def f():
    async with await x: pass
