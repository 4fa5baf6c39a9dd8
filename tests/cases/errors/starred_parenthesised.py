# in parentheses
x = (*a)
