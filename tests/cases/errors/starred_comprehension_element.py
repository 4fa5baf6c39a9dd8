# comprehension element
[*a for a in x]
