# in a class
class C:
    {x async for x in y}
