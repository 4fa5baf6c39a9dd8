# nonlocal at module level, nested statement
if x:
    nonlocal y
