# [3.12+] walrus in a comprehension in a bound
def f[T: [x := 1 for y in z]](): pass
