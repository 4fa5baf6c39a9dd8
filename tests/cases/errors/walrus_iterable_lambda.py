# in a lambda in an iterable
[x for x in (lambda: (y := 1))]
