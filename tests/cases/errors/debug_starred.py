# starred target
*__debug__, a = x
