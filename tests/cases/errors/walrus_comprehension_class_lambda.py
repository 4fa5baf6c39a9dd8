# a lambda in between is fine
class C:
    [(lambda: (x := y)) for y in z]
