# in a for
for *a, *b in x: pass
