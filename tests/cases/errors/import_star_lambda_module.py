# at module level in a branch is fine
if x:
    from a import *
