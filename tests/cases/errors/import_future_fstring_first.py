# an f-string is no docstring
f"doc"
from __future__ import annotations
