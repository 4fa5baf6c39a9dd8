# in a variable annotation
a: [x := 1 for y in z] = 1
