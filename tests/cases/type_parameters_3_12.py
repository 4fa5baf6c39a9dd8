"""PEP 695: type parameters, bounds and aliases have scopes of their own."""
T = int


def function[T: (int, str), *Ts, **P](a: T, b=T, *args: *Ts, key=lambda: T) -> T:
    def inner() -> T:
        return a
    local: T = a
    return inner


class Generic[T, U: list[T]](Base[T], metaclass=T):
    attribute = T

    def method[V: T](self, value: V) -> tuple[T, U, V]:
        return T, V

    type Alias[W: T] = dict[T, W]
    type Plain = attribute

    class Inner[X: attribute](list[X]):
        x: X

    @T
    def decorated(self: T): ...


def enclosing(x):
    type Local = list[x]
    type Lazy[T: x] = T | Local

    class Captures[T: x](x):
        def method(self):
            return T, x

    def generic[T: (lambda: x)](): ...
    return Local, Lazy, Captures, generic


class _Private[__T]:
    __field: __T

    def method[__U: __T](self, value: __U) -> __T: ...
