with (a, b): pass
with (a, b) as c: pass
with (a), (b) as c: pass
