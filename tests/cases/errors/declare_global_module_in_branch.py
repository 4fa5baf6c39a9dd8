# global at module level in a branch
if y:
    x = 1
else:
    global x
