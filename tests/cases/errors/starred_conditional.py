# in an operator
*a if b else c
