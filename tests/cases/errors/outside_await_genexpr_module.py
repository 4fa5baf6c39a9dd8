# in a generator expression at module level
(await x for x in y)
