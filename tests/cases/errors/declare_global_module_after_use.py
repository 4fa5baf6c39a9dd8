# global at module level after a use
x = 1
print(x)
global x
