# in a branch
if x:
    return
