# yield from
yield from x
