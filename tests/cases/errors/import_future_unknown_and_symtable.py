# unknown future after a symtable error's line
from __future__ import nothing
nonlocal y
