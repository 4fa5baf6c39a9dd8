# after two strings
"""doc"""
"other"
from __future__ import annotations
