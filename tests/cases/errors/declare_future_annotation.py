# [3.8+] stringified annotations count up to 3.9
from __future__ import annotations
def f():
    def g(a: x): pass
    y: x = 1
    global x
