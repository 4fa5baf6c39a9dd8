# in a comprehension
from __future__ import annotations
def f(a: [(x := 1) for y in z]): pass
