# [3.12+] await in an alias
async def f():
    type A = await x
