# [3.12+] walrus in a comprehension in bases of a generic class
class C[T]([x := 1 for y in z]): pass
