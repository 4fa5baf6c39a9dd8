# in the first iterable at module level
[x for x in (yield)]
