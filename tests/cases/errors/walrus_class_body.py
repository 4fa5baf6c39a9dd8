# in the class body itself fine
class C:
    (x := 1)
