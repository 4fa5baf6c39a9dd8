# in a nested comprehension in a class
class C:
    [[x := y for y in z] for z in w]
