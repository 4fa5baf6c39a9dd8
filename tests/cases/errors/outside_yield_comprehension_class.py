# in a comprehension in a class
class C:
    [(yield) for x in y]
