# parenthesised string
("doc")
from __future__ import annotations
