"""Defaults, decorators and base classes are evaluated around the function, not in it."""


def registry(name, bases):
    @name
    @(lambda function: name(function))
    def decorated(value=name, *, other=lambda: name, name=bases):
        return value, other, name

    @name
    class Decorated(*bases, key=lambda: name, **name):
        name = name

    return decorated, Decorated, lambda value=name, *rest: (value, bases, rest)
