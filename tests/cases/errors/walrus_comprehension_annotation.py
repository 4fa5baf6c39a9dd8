# walrus in a comprehension in an annotation
def f(a: [x := 1 for y in z]): pass
