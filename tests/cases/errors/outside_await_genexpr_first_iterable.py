# in a genexpr's first iterable at module level
(x for x in await y)
