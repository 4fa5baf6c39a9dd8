# in a comprehension at module level
[(yield) for x in y]
