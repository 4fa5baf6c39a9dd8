# in an expression
x = 1 + (yield)
