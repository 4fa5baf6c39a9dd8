# with two
with x as (*a, *b): pass
