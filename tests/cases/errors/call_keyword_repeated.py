# of two
f(a=1, b=2, b=3)
