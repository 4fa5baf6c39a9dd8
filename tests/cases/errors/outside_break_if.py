# break in if
if x:
    break
