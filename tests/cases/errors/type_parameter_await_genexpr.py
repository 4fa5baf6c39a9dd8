# [3.12+] await in a generator expression in an alias
async def f():
    type A = (await x for x in y)
