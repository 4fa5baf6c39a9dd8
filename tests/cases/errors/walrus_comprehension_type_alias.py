# [3.12+] walrus in a comprehension in a type alias
type A = [x := 1 for y in z]
