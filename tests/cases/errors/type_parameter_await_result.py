# [3.12+] in a result annotation
async def f():
    def g[T]() -> (await x): pass
