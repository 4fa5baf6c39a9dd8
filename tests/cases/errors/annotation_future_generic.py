# [3.12+] in a generic function
from __future__ import annotations
def f[T](a: (x := 1)): pass
