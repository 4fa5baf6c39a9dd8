# after the docstring
"""doc"""
from __future__ import annotations
