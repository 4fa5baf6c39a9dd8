# a yield in a nested function doesn't count
async def f():
    def g(): yield 1
    return 2
