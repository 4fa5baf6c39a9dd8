# [3.12+] await in bases
async def f():
    class C[T](await x): pass
