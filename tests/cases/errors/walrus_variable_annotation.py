# walrus in a variable annotation
a: (x := 1)
