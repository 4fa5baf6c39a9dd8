"""Stringified annotations are never evaluated."""
from __future__ import annotations
from typing import Any


def captures(T, U):
    def function(x: T, y: [T for T in U]) -> lambda: U:
        z: T = x
        return z

    class Class:
        field: T
        other: U = None

        def method(self, value: other) -> Any:
            return value

    return function, Class


variable: Any = None
missing: NotThere
