# in a lambda: fine
from __future__ import annotations
def f(a: (lambda: (yield))): pass
