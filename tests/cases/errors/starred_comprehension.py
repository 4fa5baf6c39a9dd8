# comprehension target
[a for *a in x]
