# two starred in a list
[*a, b, *c] = x
