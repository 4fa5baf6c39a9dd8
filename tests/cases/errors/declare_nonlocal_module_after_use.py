# at module level, after a use
x
nonlocal x
