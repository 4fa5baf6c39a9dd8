# in a comprehension in an iterable
[x for x in [y := 1 for z in w]]
