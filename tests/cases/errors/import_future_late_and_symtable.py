# late future and a symtable error
x = 1
from __future__ import annotations
nonlocal y
