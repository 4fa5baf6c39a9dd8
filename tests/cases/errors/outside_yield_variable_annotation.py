# in a variable's annotation at module level
a: (yield) = 1
