# in a list comprehension at module level
[await x for x in y]
