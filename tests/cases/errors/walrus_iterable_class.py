# iterable in a class
class C:
    [x for x in (y := z)]
