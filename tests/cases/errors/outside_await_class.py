# in a class
class C:
    await x
