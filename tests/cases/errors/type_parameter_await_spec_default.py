# [3.13+] of a specification
async def f[**T = await x](): pass
