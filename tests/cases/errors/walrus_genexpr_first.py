# generator expression's first iterable
f(x for x in (y := z))
