# at module level
x: await y
