# at module level
(x async for x in y)
