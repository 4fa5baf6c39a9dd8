"""PEP 696: defaults of type parameters, from 3.13."""


class Box[T = int, *Ts = *tuple[T, ...], **P = [T]]:
    default = 1

    def method[U = default](self, value: U): ...


type Alias[K = str, V: K = K] = dict[K, V]


def make[T: int = bool](value: T, *, more=1) -> T:
    return lambda: T


class Body:
    name = str
    type InClass[T = name] = list[lambda: name]

    def method[T: [x for x in (name,)]](self): ...
