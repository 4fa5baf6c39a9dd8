"""Annotations: around the function up to 3.13, in a scope of their own from 3.14."""
import typing

module_level: typing.List[int] = []
declared: "typing.Optional[int]"


def plain(a: typing.Any, *args: int, b: "str" = "", **kwargs: dict) -> typing.Any:
    local: typing.List = []
    typed: plain
    (bracketed): typing.Set
    bare: lambda: local
    return local


def captures(T):
    def function(x: T) -> T:
        y: T = x
        return y

    class Class:
        field: T
        other: int = 0

        def method(self, value: other, more: [T for _ in ()]) -> field:
            return value

        if T:
            conditional: T = None

    only: T = None
    return function, Class


class Outside:
    name: str
    annotation: lambda self: name

    def method(self: "Outside", other: name):
        return other
