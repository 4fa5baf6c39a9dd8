# bytes are no docstring
b"doc"
from __future__ import annotations
